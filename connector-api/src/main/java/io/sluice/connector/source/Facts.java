package io.sluice.connector.source;

import java.time.Instant;
import java.util.List;

/**
 * The tables that a {@code sync_log} is joined with (requirements WWB-4, FCT-3 to FCT-7). Deleted objects stay in them.
 *
 * @param takenAt when the facts were read; of two sets the later one counts
 * @param sourceObjects rows of {@code source_objects}
 * @param destinations rows of {@code destinations}
 * @param destinationObjects rows of {@code destination_objects}
 */
public record Facts(
        Instant takenAt, List<SourceObject> sourceObjects, List<Named> destinations, List<Named> destinationObjects) {
    public Facts {
        sourceObjects = List.copyOf(sourceObjects);
        destinations = List.copyOf(destinations);
        destinationObjects = List.copyOf(destinationObjects);
    }

    /**
     * A row of {@code source_objects}; what an object is not made of is null (FCT-5).
     *
     * @param id joins {@code source_object_id}
     * @param type for example {@code DataWarehouse::Table}, or null when there is no word for it
     */
    public record SourceObject(
            long id,
            String type,
            String name,
            Long modelId,
            Long businessObjectId,
            Long filterSegmentId,
            Long cohortId) {}

    /**
     * A row of {@code destinations} or {@code destination_objects}.
     *
     * @param id joins {@code destination_id} or {@code destination_object_id}
     * @param type its kind, or null when there is no word for it
     */
    public record Named(long id, String type, String name) {}
}
