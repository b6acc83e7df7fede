package io.sluice.control.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run was based on: compared with the next run's, it tells whether the state still stands for what the destination
 * holds.
 *
 * @param sourceItemId the table or model
 * @param query the model's text, empty for a table
 * @param identifierColumn column of the primary identifier
 * @param identifierField field of the primary identifier
 * @param destinationItemId the destination object
 * @param behavior wire name of the behavior
 * @param mappings destination field to where its value comes from, as text
 */
public record RunBasis(
        long sourceItemId,
        String query,
        String identifierColumn,
        String identifierField,
        long destinationItemId,
        String behavior,
        Map<String, String> mappings) {
    public RunBasis {
        Objects.requireNonNull(query, "query");
        mappings = Map.copyOf(mappings);
    }

    /** Why a run on this basis must be a full sync; empty when it need not. */
    public List<FullSyncReason> fullSyncReasons(Optional<RunBasis> lastCompleted, boolean forced) {
        List<FullSyncReason> reasons = new ArrayList<>();
        if (forced) {
            reasons.add(FullSyncReason.FORCED);
        }
        if (lastCompleted.isEmpty()) {
            reasons.add(FullSyncReason.FIRST_RUN);
            return List.copyOf(reasons);
        }
        RunBasis last = lastCompleted.get();
        if (!identifierColumn.equals(last.identifierColumn) || !identifierField.equals(last.identifierField)) {
            reasons.add(FullSyncReason.KEY_CHANGED);
        }
        if (sourceItemId != last.sourceItemId || !query.equals(last.query)) {
            reasons.add(FullSyncReason.SOURCE_CHANGED);
        }
        if (destinationItemId != last.destinationItemId) {
            reasons.add(FullSyncReason.DESTINATION_CHANGED);
        }
        if (!behavior.equals(last.behavior)) {
            reasons.add(FullSyncReason.BEHAVIOR_CHANGED);
        }
        if (!last.mappings.entrySet().containsAll(mappings.entrySet())) {
            reasons.add(FullSyncReason.MAPPING_ADDED);
        }
        return List.copyOf(reasons);
    }
}
