package io.sluice.connector.destination;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How much one connection takes at a time.
 *
 * @param batchSize most operations in one call, at least 1
 * @param parallelCalls most calls at a time, at least 1
 * @param callsPerSecond most calls per second, all syncs of the connection together (RTY-7, RTY-8), above 0; empty for no
 *     limit
 */
public record ConnectionLimits(int batchSize, int parallelCalls, OptionalDouble callsPerSecond) {
    public ConnectionLimits {
        Objects.requireNonNull(callsPerSecond, "callsPerSecond");
        if (batchSize < 1 || parallelCalls < 1) {
            throw new IllegalArgumentException("batch size and parallel calls are at least 1");
        }
        if (callsPerSecond.isPresent() && !(callsPerSecond.getAsDouble() > 0)) {
            throw new IllegalArgumentException("calls per second must be above 0, not " + callsPerSecond.getAsDouble());
        }
    }

    /** Limits without a limit per second. */
    public ConnectionLimits(int batchSize, int parallelCalls) {
        this(batchSize, parallelCalls, OptionalDouble.empty());
    }

    /** What every connection of a kind takes unless its settings say less. */
    public static ConnectionLimits of(DestinationClaims claims) {
        return new ConnectionLimits(claims.maximumBatchSize(), claims.maximumParallelCalls());
    }
}
