package io.sluice.connector.destination;

/**
 * How much one connection takes at a time.
 *
 * @param batchSize most operations in one call, at least 1
 * @param parallelCalls most calls at a time, at least 1
 */
public record ConnectionLimits(int batchSize, int parallelCalls) {
    public ConnectionLimits {
        if (batchSize < 1 || parallelCalls < 1) {
            throw new IllegalArgumentException("batch size and parallel calls are at least 1");
        }
    }

    /** What every connection of a kind takes unless its settings say less. */
    public static ConnectionLimits of(DestinationClaims claims) {
        return new ConnectionLimits(claims.maximumBatchSize(), claims.maximumParallelCalls());
    }
}
