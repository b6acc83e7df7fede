package io.sluice.loader.outcome;

import io.sluice.contract.LoadCounts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import java.util.EnumMap;
import java.util.function.ObjIntConsumer;

/**
 * What the loader counted of one run in one partition (HIS-8). Immutable.
 *
 * @param updatesSucceeded writes the destination accepted
 * @param updatesFailed writes it did not accept, or nobody knows
 * @param deletesSucceeded deletes it accepted
 * @param deletesFailed deletes it did not accept, or nobody knows
 * @param notAttempted operations that were not sent
 */
public record LoadTally(
        long updatesSucceeded, long updatesFailed, long deletesSucceeded, long deletesFailed, long notAttempted) {

    /** Nothing counted yet. */
    public static final LoadTally ZERO = new LoadTally(0, 0, 0, 0, 0);

    /** The sum of both. */
    public LoadTally plus(LoadTally other) {
        return new LoadTally(
                updatesSucceeded + other.updatesSucceeded,
                updatesFailed + other.updatesFailed,
                deletesSucceeded + other.deletesSucceeded,
                deletesFailed + other.deletesFailed,
                notAttempted + other.notAttempted);
    }

    /** The same with more operations that were not sent. */
    public LoadTally plusNotAttempted(long operations) {
        return new LoadTally(
                updatesSucceeded, updatesFailed, deletesSucceeded, deletesFailed, notAttempted + operations);
    }

    /** Operations with a final word. */
    public long answered() {
        return updatesSucceeded + updatesFailed + deletesSucceeded + deletesFailed;
    }

    /** As it travels in {@code LoadEnded}. */
    public LoadCounts toCounts() {
        return new LoadCounts(updatesSucceeded, updatesFailed, deletesSucceeded, deletesFailed, notAttempted);
    }

    /** Counts operations one by one; used by one thread. */
    public static final class Counter {
        private final long[] counts = new long[4];
        private final EnumMap<OutcomeStatus, Integer> statuses = new EnumMap<>(OutcomeStatus.class);

        /** One operation with its final word. */
        public void add(PlannedOperation kind, OutcomeStatus status) {
            int delete = kind == PlannedOperation.DELETE ? 2 : 0;
            int failed = status == OutcomeStatus.SUCCEEDED ? 0 : 1;
            counts[delete + failed]++;
            statuses.merge(status, 1, Integer::sum);
        }

        /** What was added. */
        public LoadTally tally() {
            return new LoadTally(counts[0], counts[1], counts[2], counts[3], 0);
        }

        /** What was added, by final word. */
        public void byStatus(ObjIntConsumer<OutcomeStatus> consumer) {
            statuses.forEach(consumer::accept);
        }
    }
}
