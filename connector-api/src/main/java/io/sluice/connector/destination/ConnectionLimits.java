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
 * @param ahead calls that may be handed over beyond the parallel ones, 0 or more: the connector makes them ready and then
 *     waits for another to end. For connectors that have work to do before they need the system
 */
public record ConnectionLimits(int batchSize, int parallelCalls, OptionalDouble callsPerSecond, int ahead) {
    public ConnectionLimits {
        Objects.requireNonNull(callsPerSecond, "callsPerSecond");
        if (batchSize < 1 || parallelCalls < 1) {
            throw new IllegalArgumentException("batch size and parallel calls are at least 1");
        }
        if (ahead < 0) {
            throw new IllegalArgumentException("calls ahead are 0 or more, not " + ahead);
        }
        if (callsPerSecond.isPresent() && !(callsPerSecond.getAsDouble() > 0)) {
            throw new IllegalArgumentException("calls per second must be above 0, not " + callsPerSecond.getAsDouble());
        }
    }

    /** Limits without a limit per second. */
    public ConnectionLimits(int batchSize, int parallelCalls) {
        this(batchSize, parallelCalls, OptionalDouble.empty());
    }

    /** Limits without calls ahead. */
    public ConnectionLimits(int batchSize, int parallelCalls, OptionalDouble callsPerSecond) {
        this(batchSize, parallelCalls, callsPerSecond, 0);
    }

    /** The same with so many calls ahead. */
    public ConnectionLimits withAhead(int calls) {
        return new ConnectionLimits(batchSize, parallelCalls, callsPerSecond, calls);
    }

    /** What every connection of a kind takes unless its settings say less. */
    public static ConnectionLimits of(DestinationClaims claims) {
        return new ConnectionLimits(claims.maximumBatchSize(), claims.maximumParallelCalls());
    }
}
