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
 */
record LaneSettings(
        RetryPolicy retries, OptionalDouble callsPerSecond, long maximumStretchBytes, Duration revokePatience) {

    /** What a process without configuration does. */
    static final LaneSettings DEFAULT =
            new LaneSettings(RetryPolicy.DEFAULT, OptionalDouble.empty(), 16L << 20, Duration.ofSeconds(10));
}
