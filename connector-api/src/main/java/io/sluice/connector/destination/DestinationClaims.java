package io.sluice.connector.destination;

/**
 * What a destination promises; the testkit checks each claim and that a denied one fails as documented.
 *
 * @param maximumBatchSize most operations in one call, at least 1
 * @param maximumParallelCalls most calls at a time over one connection, at least 1
 * @param idempotent whether the same batch may be sent again after an unknown outcome without harm (ENG-14)
 * @param reportsPerRecord whether the answer tells records apart; if not, a refused batch is split by the engine (RTY-3)
 * @param acceptsAnyField whether fields need not exist beforehand (as in a webhook's body)
 */
public record DestinationClaims(
        int maximumBatchSize,
        int maximumParallelCalls,
        boolean idempotent,
        boolean reportsPerRecord,
        boolean acceptsAnyField) {
    public DestinationClaims {
        if (maximumBatchSize < 1 || maximumParallelCalls < 1) {
            throw new IllegalArgumentException("batch size and parallel calls are at least 1");
        }
    }
}
