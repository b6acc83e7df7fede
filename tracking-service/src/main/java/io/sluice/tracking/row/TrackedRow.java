package io.sluice.tracking.row;

import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One row of a tracking file. Immutable as long as nobody writes into {@code payload}. {@link #toString} shows no contents.
 *
 * @param identifier text of the primary identifier; null only for {@link RowStatus#NULL}
 * @param payload the source row as JSON, UTF-8, from position to limit
 * @param operation what was done, for invalid rows what would have been done (TRK-23)
 * @param status the final word
 * @param message the destination's reason or note; null when there is none
 * @param batchStartedAt when sending of its batch started; null for invalid rows
 * @param batchEndedAt when sending of its batch finished; null for invalid rows
 */
public record TrackedRow(
        String identifier,
        ByteBuffer payload,
        OperationKind operation,
        RowStatus status,
        String message,
        Instant batchStartedAt,
        Instant batchEndedAt) {

    /** What a buffered row costs besides its text: object headers, references, buffer bookkeeping. */
    private static final int OVERHEAD_BYTES = 160;

    /** Which file this row belongs to. */
    public BatchType batchType() {
        return BatchType.of(status, operation);
    }

    /** Roughly the heap this row holds, in bytes. */
    public long weight() {
        return OVERHEAD_BYTES + payload.remaining() + length(identifier) + length(message);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    @Override
    public String toString() {
        return "TrackedRow[" + operation + " " + status + ", " + payload.remaining() + " bytes]";
    }
}
