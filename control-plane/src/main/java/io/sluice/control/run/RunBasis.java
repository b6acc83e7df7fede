package io.sluice.control.run;

import io.sluice.operation.StateMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a run was based on: compared with the next run's, it tells whether the state still stands for what the destination
 * holds.
 *
 * @param sourceItemId the table or model
 * @param query the model's text, empty for a table
 * @param identifierColumn column of the primary identifier, or the compound key as text
 * @param identifierField field of the primary identifier
 * @param destinationItemId the destination object
 * @param behavior wire name of the behavior
 * @param mappings destination field to where its value comes from, as text
 * @param fieldTypes destination field to its type, as far as known
 * @param highWaterMarkColumn the growing column an append finds new rows by, or null (BEH-20)
 * @param stateMode wire name of where the state lives; null (stored before there was a choice) is the platform
 */
public record RunBasis(
        long sourceItemId,
        String query,
        String identifierColumn,
        String identifierField,
        long destinationItemId,
        String behavior,
        Map<String, String> mappings,
        Map<String, String> fieldTypes,
        String highWaterMarkColumn,
        String stateMode) {
    /** Behaviors whose state means the same: what was sent, with what it was sent. */
    private static final Set<String> SENT_ROWS = Set.of("upsert", "update", "mirror");

    public RunBasis {
        stateMode = Objects.requireNonNullElse(stateMode, StateMode.PLATFORM.wireName());
        Objects.requireNonNull(query, "query");
        mappings = Map.copyOf(mappings);
        // what was stored before types were known does not have them
        fieldTypes = fieldTypes == null ? Map.of() : Map.copyOf(fieldTypes);
    }

    /** Why a run on this basis must be a full sync when the state stands for the other; empty when it need not. */
    public List<FullSyncReason> differencesFrom(RunBasis last) {
        List<FullSyncReason> reasons = new ArrayList<>();
        if (!sameKey(last)) {
            reasons.add(FullSyncReason.KEY_CHANGED);
        }
        if (sourceItemId != last.sourceItemId || !query.equals(last.query)) {
            reasons.add(FullSyncReason.SOURCE_CHANGED);
        }
        if (destinationItemId != last.destinationItemId) {
            reasons.add(FullSyncReason.DESTINATION_CHANGED);
        }
        if (!stateMode.equals(last.stateMode)) {
            reasons.add(FullSyncReason.STATE_MODE_CHANGED);
        }
        if (!behavior.equals(last.behavior)) {
            reasons.add(FullSyncReason.BEHAVIOR_CHANGED);
        }
        if (!last.mappings.entrySet().containsAll(mappings.entrySet())) {
            reasons.add(FullSyncReason.MAPPING_ADDED);
        }
        if (fieldTypes.entrySet().stream().anyMatch(field -> !field.getValue()
                .equals(last.fieldTypes.getOrDefault(field.getKey(), field.getValue())))) {
            reasons.add(FullSyncReason.FIELD_TYPE_CHANGED);
        }
        return List.copyOf(reasons);
    }

    /**
     * Whether identifiers, and being in the state, mean the same on both bases. If not, the state must go: a mirror would
     * remove records under keys of another kind (KEY-12), or records that it never sent; and it lives in one place (SRC-16).
     */
    public boolean sharesStateWith(RunBasis other) {
        boolean sameMeaning =
                behavior.equals(other.behavior) || (SENT_ROWS.contains(behavior) && SENT_ROWS.contains(other.behavior));
        return sameKey(other)
                && destinationItemId == other.destinationItemId
                && stateMode.equals(other.stateMode)
                && sameMeaning;
    }

    private boolean sameKey(RunBasis other) {
        return identifierColumn.equals(other.identifierColumn) && identifierField.equals(other.identifierField);
    }

    /** Whether the source keeps no state, so that every run sends everything (SRC-13). */
    boolean stateless() {
        return stateMode.equals(StateMode.NONE.wireName());
    }

    /** The stages whose word ends such a run; of a dry run only the differ reports, for nothing is sent (DRY-3). */
    public Set<PartitionEnd.Stage> stages(boolean dry) {
        if (dry) {
            return EnumSet.of(PartitionEnd.Stage.DIFF);
        }
        return stateMode.equals(StateMode.WAREHOUSE.wireName())
                ? EnumSet.allOf(PartitionEnd.Stage.class)
                : EnumSet.of(PartitionEnd.Stage.DIFF, PartitionEnd.Stage.TRACK);
    }
}
