package io.sluice.connector.destination;

import io.sluice.connector.ConnectorError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of one batch. The engine decides what to do about it; a connector only reports. */
public sealed interface BatchResult {

    /** One answer per record, in the batch's order. */
    record PerRecord(List<AttemptResult> results) implements BatchResult {
        public PerRecord {
            Objects.requireNonNull(results, "results");
        }
    }

    /** All records were accepted. */
    record AllAccepted() implements BatchResult {}

    /**
     * The batch was refused as a whole because of at least one of its records, and nothing was changed. The engine
     * splits it down to the single record, whose refusal is then its own (RTY-3).
     */
    record Refused(String reason) implements BatchResult {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Nothing was changed; try the same batch again, not before {@code after} has passed (RTY-4).
     *
     * @param after zero when the destination named no time: the engine's own backoff then decides alone
     * @param reason the destination's own text
     * @param ifExhausted what the run fails with when the engine has used up its tries (a server that answers 5xx, a
     *     host that is not reached: RTY-5); empty when only these records are then rejected (a lock, a 429)
     */
    record RetryLater(Duration after, String reason, Optional<ConnectorError> ifExhausted) implements BatchResult {
        public RetryLater {
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(ifExhausted, "ifExhausted");
        }

        /** Another try may help; if none does, the records are rejected and the run goes on. */
        public RetryLater(Duration after, String reason) {
            this(after, reason, Optional.empty());
        }
    }

    /** Sent, but no answer: any part of it may have happened. */
    record Unknown(String reason) implements BatchResult {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The destination is unusable for any record (connection, permission, object gone): the run fails (RTY-5). */
    record Failed(ConnectorError error) implements BatchResult {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }
}
