package io.sluice.loader.outcome;

import io.sluice.contract.Operation;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes final words as outcome messages: one {@code OutcomeBatch} per destination call, cut where a message would grow
 * too long. Payload bytes are passed on, not copied.
 */
public final class OutcomeMessages {

    /** A topic takes more; readers that hold one message per partition in memory should not have to. */
    private static final int TARGET_BYTES = 900_000;

    /** Enum, fingerprint, ordinal, lengths and union tags of one outcome, rounded up. */
    private static final int OVERHEAD_BYTES = 48;

    private OutcomeMessages() {}

    /** The messages for one call. */
    public static List<OutcomesEvent> of(long syncRunId, CallWords call, List<Operation> operations) {
        List<OutcomesEvent> messages = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(call.words().size());
        long bytes = 0;
        for (FinalWord word : call.words()) {
            Operation operation = operations.get(word.index());
            long size = OVERHEAD_BYTES
                    + operation.getPayload().remaining()
                    + 3L * operation.getIdentifier().length()
                    + (word.message() == null ? 0 : 3L * word.message().length());
            if (!outcomes.isEmpty() && bytes + size > TARGET_BYTES) {
                messages.add(message(syncRunId, call, outcomes));
                outcomes = new ArrayList<>();
                bytes = 0;
            }
            outcomes.add(outcome(operation, word));
            bytes += size;
        }
        if (!outcomes.isEmpty()) {
            messages.add(message(syncRunId, call, outcomes));
        }
        return messages;
    }

    private static OutcomesEvent message(long syncRunId, CallWords call, List<Outcome> outcomes) {
        return new OutcomesEvent(new OutcomeBatch(syncRunId, call.startedAt(), call.endedAt(), outcomes));
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
