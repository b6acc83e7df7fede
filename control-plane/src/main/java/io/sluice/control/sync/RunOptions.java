package io.sluice.control.sync;

import io.sluice.operation.MirrorStrategy;
import java.util.Objects;
import java.util.Optional;

/**
 * How the runs of a sync meet its state.
 *
 * @param mirror what a mirror does with records that left the source; empty of other behaviors (BEH-9)
 * @param append how an append finds new rows; empty of other behaviors
 * @param guard against removing too much at once; only mirrors and deletes have a use for it
 * @param maxConsecutiveFailures after so many runs in a row that were rejected with the same content a record is not
 *     attempted any more; 0: it always is
 * @param logged whether its runs are logged into the source, where that takes logs (WWB-1)
 */
public record RunOptions(
        Optional<MirrorStrategy> mirror,
        Optional<Append> append,
        Guard guard,
        int maxConsecutiveFailures,
        boolean logged) {
    public RunOptions {
        Objects.requireNonNull(mirror, "mirror");
        Objects.requireNonNull(append, "append");
        Objects.requireNonNull(guard, "guard");
    }

    /**
     * How an append finds new rows.
     *
     * @param skipsCurrent whether what is there before the first run is not sent (BEH-18)
     * @param highWaterMarkColumn a growing column; without one new identifiers are new rows (BEH-19)
     * @param overlapSeconds how far before the last mark is read again, for rows that arrive late
     */
    public record Append(boolean skipsCurrent, Optional<String> highWaterMarkColumn, int overlapSeconds) {}

    /**
     * The mass-removal guard.
     *
     * @param maxPercent most percent of the synced records that one run may remove; 0: the guard is off
     * @param minRecords up to this many removals are always allowed
     */
    public record Guard(int maxPercent, int minRecords) {
        /** What a sync has that says nothing. */
        public static final Guard DEFAULT = new Guard(25, 100);

        /** Whether it guards. */
        public boolean on() {
            return maxPercent > 0;
        }
    }
}
