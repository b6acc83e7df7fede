package io.sluice.tracking.ledger;

import java.time.Duration;

/**
 * When a partition's buffers become files. Whatever is reached first counts; the end of a run cuts at once. The limits bound
 * the memory of a partition: they hold over all its runs together.
 *
 * @param maxRows buffered rows, at least 1
 * @param maxBytes roughly the heap the buffered rows hold, at least 1
 * @param maxRuns runs with buffered rows, at least 1; keeps a checkpoint small enough for Kafka
 * @param maxDelay time since the first message that is not yet in a file (TRK-19)
 */
public record CutPolicy(int maxRows, long maxBytes, int maxRuns, Duration maxDelay) {
    /** With this many runs in one cut a checkpoint takes less than 3 KB. */
    public static final int RUNS_PER_CUT = 64;

    public CutPolicy {
        if (maxRows < 1 || maxBytes < 1 || maxRuns < 1 || maxDelay.isNegative()) {
            throw new IllegalArgumentException("limits of a cut are positive");
        }
    }
}
