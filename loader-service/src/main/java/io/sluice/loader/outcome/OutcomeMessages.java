package io.sluice.loader.outcome;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.contract.NotAttempted;
import io.sluice.contract.Operation;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.SyncLogPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes final words as outcome messages: one {@code OutcomeBatch} per destination call, cut where a message would grow
 * too long. Payload bytes are passed on, not copied. Where the source logs the run, a message also says what was sent.
 */
public final class OutcomeMessages {

    /** A topic takes more; readers that hold one message per partition in memory should not have to. */
    private static final int TARGET_BYTES = 900_000;

    /** Enum, fingerprint, ordinal, lengths and union tags of one outcome, rounded up. */
    private static final int OVERHEAD_BYTES = 48;

    private OutcomeMessages() {}

    /** The messages for one call of a run that no source logs. */
    public static List<OutcomesEvent> of(long syncRunId, CallWords call, List<Operation> operations) {
        Collector collector = new Collector(syncRunId, call, false);
        for (FinalWord word : call.words()) {
            collector.add(operations.get(word.index()), word, null);
        }
        return collector.done();
    }

    /**
     * The messages for one call, with what was sent (WWB-3).
     *
     * @param records what each operation was made into; empty when nothing could be made
     */
    public static List<OutcomesEvent> logged(
            long syncRunId,
            CallWords call,
            List<Operation> operations,
            List<DestinationRecord> records,
            SentFields fields) {
        Collector collector = new Collector(syncRunId, call, true);
        for (FinalWord word : call.words()) {
            ByteBuffer sent = records.isEmpty() ? null : fields.json(records.get(word.index()));
            collector.add(operations.get(word.index()), word, sent);
        }
        return collector.done();
    }

    /** The messages for operations that were not tried, of a run that its source logs (WWB-6). */
    public static List<OutcomesEvent> notAttempted(long syncRunId, List<Operation> operations) {
        List<OutcomesEvent> messages = new ArrayList<>();
        List<NotAttempted> left = new ArrayList<>();
        long bytes = 0;
        for (Operation operation : operations) {
            long size = OVERHEAD_BYTES + 3L * operation.getIdentifier().length();
            if (!left.isEmpty() && bytes + size > TARGET_BYTES) {
                messages.add(notAttemptedMessage(syncRunId, left));
                left = new ArrayList<>();
                bytes = 0;
            }
            left.add(new NotAttempted(operation.getIdentifier(), operation.getKind()));
            bytes += size;
        }
        if (!left.isEmpty()) {
            messages.add(notAttemptedMessage(syncRunId, left));
        }
        return messages;
    }

    private static OutcomesEvent notAttemptedMessage(long syncRunId, List<NotAttempted> left) {
        return new OutcomesEvent(new OutcomeBatch(syncRunId, null, null, List.of(), new SyncLogPart(List.of(), left)));
    }

    /** Fills messages of one call. */
    private static final class Collector {
        private final long syncRunId;
        private final CallWords call;
        private final boolean logged;
        private final List<OutcomesEvent> messages = new ArrayList<>();
        private List<Outcome> outcomes;
        private List<ByteBuffer> sent;
        private long bytes;

        Collector(long syncRunId, CallWords call, boolean logged) {
            this.syncRunId = syncRunId;
            this.call = call;
            this.logged = logged;
            begin();
        }

        private void begin() {
            outcomes = new ArrayList<>(call.words().size());
            sent = logged ? new ArrayList<>(call.words().size()) : List.of();
            bytes = 0;
        }

        void add(Operation operation, FinalWord word, ByteBuffer fields) {
            long size = OVERHEAD_BYTES
                    + operation.getPayload().remaining()
                    + 3L * operation.getIdentifier().length()
                    + (word.message() == null ? 0 : 3L * word.message().length())
                    + (fields == null ? 0 : fields.remaining());
            if (!outcomes.isEmpty() && bytes + size > TARGET_BYTES) {
                end();
            }
            outcomes.add(outcome(operation, word));
            if (logged) {
                sent.add(fields);
            }
            bytes += size;
        }

        private void end() {
            SyncLogPart log = logged ? new SyncLogPart(sent, List.of()) : null;
            messages.add(
                    new OutcomesEvent(new OutcomeBatch(syncRunId, call.startedAt(), call.endedAt(), outcomes, log)));
            begin();
        }

        List<OutcomesEvent> done() {
            if (!outcomes.isEmpty()) {
                end();
            }
            return messages;
        }
    }

    private static Outcome outcome(Operation operation, FinalWord word) {
        return new Outcome(
                operation.getIdentifier(),
                operation.getKind(),
                word.status(),
                word.message(),
                operation.getFingerprint(),
                operation.getPayload(),
                operation.getOrdinal());
    }
}
