package io.sluice.connector.destination;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What the destination said of one operation in one attempt (requirement G-2). */
public sealed interface AttemptResult {

    /** The destination holds the change durably. */
    record Accepted(Optional<String> note) implements AttemptResult {
        /** Accepted without a note. */
        public static final Accepted PLAIN = new Accepted(Optional.empty());
    }

    /** The destination refuses this record; {@code reason} is its own text, verbatim (RTY-6). Final for this run. */
    record Rejected(String reason) implements AttemptResult {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The destination asks for another try, not before {@code after} has passed. Nothing was changed. */
    record RetryLater(Duration after, String reason) implements AttemptResult {
        public RetryLater {
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Sent, but no answer: it may or may not have happened. Retried only where the destination is idempotent. */
    record Unknown(String reason) implements AttemptResult {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
