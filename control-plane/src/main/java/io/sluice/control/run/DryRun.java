package io.sluice.control.run;

import java.util.Optional;

/**
 * What only a dry run has (DRY-2).
 *
 * @param behavior wire name of the behavior
 * @param keepsRemoved whether removed records stay in the destination, with nulls
 * @param destinationRecords how many records the destination object held when it began, if that could be counted
 * @param added operations for records that were not synced before, once the source was read
 */
public record DryRun(String behavior, boolean keepsRemoved, Optional<Long> destinationRecords, long added) {

    /**
     * What a run would do to the destination. Whether a record is there is not asked, but inferred: one that was never
     * synced is taken for absent, one that was synced for present, and one to be deleted for present.
     */
    public Estimate estimate(RunCounts counts) {
        long writes = counts.plannedUpdates();
        long creates =
                switch (behavior) {
                    case "update" -> 0;
                    case "insert", "append" -> writes;
                    default -> added;
                };
        long deletes = counts.plannedDeletes();
        long gone = keepsRemoved ? 0 : deletes;
        return new Estimate(
                creates,
                behavior.equals("delete") ? 0 : writes - creates,
                deletes,
                destinationRecords.map(
                        before -> Math.max(0, before + (behavior.equals("delete") ? 0 : creates) - gone)));
    }

    /**
     * What a run would do to the destination, as far as can be told.
     *
     * @param creates records it would make
     * @param updates records it would change
     * @param deletes records it would delete, or set to null
     * @param after records the destination object would hold, if those it holds could be counted
     */
    public record Estimate(long creates, long updates, long deletes, Optional<Long> after) {}
}
