package io.sluice.loader.kafka;

import io.sluice.loader.retry.RetryPolicy;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How lanes behave; the same for all of a process.
 *
 * @param retries when operations are sent again
 * @param callsPerSecond most calls per second and destination over all replicas, or empty
 * @param maximumStretchBytes most payload of one stretch of operations
 * @param revokePatience how long a call under way may take when its partition moves
 * @param retireAfter how long the lane of a deleted destination has nothing to do before it ends: runs that were on their
 *     way when it was deleted must still be told that they failed
 */
record LaneSettings(
        RetryPolicy retries,
        OptionalDouble callsPerSecond,
        long maximumStretchBytes,
        Duration revokePatience,
        Duration retireAfter) {

    /** Longer than a run waits in a queue before its first message. */
    static final Duration RETIRE_AFTER = Duration.ofMinutes(15);

    /** What a process without configuration does. */
    static final LaneSettings DEFAULT = new LaneSettings(
            RetryPolicy.DEFAULT, OptionalDouble.empty(), 16L << 20, Duration.ofSeconds(10), RETIRE_AFTER);
}
