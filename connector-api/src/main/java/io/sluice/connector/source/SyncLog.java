package io.sluice.connector.source;

import io.sluice.operation.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Lines for the {@code sync_log} of a source (requirement WWB-2): what one sync run tried to do, record by record.
 *
 * @param ids what the lines have in common
 * @param lines in the order they were answered
 */
public record SyncLog(Ids ids, List<Line> lines) {
    public SyncLog {
        Objects.requireNonNull(ids, "ids");
        lines = List.copyOf(lines);
    }

    /** The columns that are the same in all lines of a run. */
    public record Ids(
            long syncId,
            long syncRunId,
            long sourceId,
            long sourceObjectId,
            long destinationId,
            long destinationObjectId) {}

    /** The final word on an operation, as the column {@code status} spells it. */
    public enum Status {
        /** The destination accepted it. */
        SUCCEEDED("succeeded"),
        /** It was sent and not accepted, could not be made to send, or nobody knows. */
        REJECTED("rejected"),
        /** It was planned and never tried: the run failed or was cancelled (WWB-6). */
        ABORTED("aborted");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word in the log. */
        public String word() {
            return word;
        }
    }

    /**
     * One operation. {@link #toString} shows no contents.
     *
     * @param offset where its outcome stands in the log of outcomes, as {@link LogPosition#offset}: what was written
     *     before is told by it
     * @param identifier text of the primary identifier
     * @param payload the destination fields as they were sent, a JSON object (WWB-3); null when nothing was
     * @param startedAt when sending of its batch started; null when it was not sent
     * @param completedAt when sending of its batch finished; null when it was not sent
     * @param message the destination's reason or note; null when there is none
     */
    public record Line(
            long offset,
            String identifier,
            String payload,
            Instant startedAt,
            Instant completedAt,
            OperationKind operation,
            Status status,
            String message) {
        public Line {
            Objects.requireNonNull(identifier, "identifier");
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(status, "status");
        }

        @Override
        public String toString() {
            return "Line[" + offset + " " + operation + " " + status + "]";
        }
    }
}
