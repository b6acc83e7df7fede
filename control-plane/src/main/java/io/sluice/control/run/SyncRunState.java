package io.sluice.control.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The life of a sync run (RUN-14). A transition is a method on the state that allows it, so an illegal move does not
 * compile: nothing leaves a state that is {@link Over}.
 *
 * <pre>
 * Queued ──start──▶ Working ──settle──▶ Completed | Failed
 *    └──cancel──▶ Canceling ──settle──▶ Failed (canceled), or Completed when the cancel came too late
 * Skipped: recorded as such, never active (RUN-15)
 * </pre>
 */
public sealed interface SyncRunState {

    /** The word of the API. */
    String status();

    /** Whether a cancel was asked for and not overtaken by completion. */
    default boolean canceled() {
        return false;
    }

    /** When work began, if it did. */
    Optional<Instant> startedAt();

    /** A run that is not over yet. At most one per sync. */
    sealed interface Active extends SyncRunState {

        /** Work has begun. Saying so again changes nothing. */
        Active start(Instant at);

        /** A user wants it stopped. Saying so again changes nothing. */
        Canceling cancel(String reason);

        /** Every partition has ended. */
        default Over settle(RunVerdict verdict, Instant at) {
            return switch (verdict) {
                case RunVerdict.Complete complete -> new Completed(startedAt(), at);
                case RunVerdict.Failure failure -> new Failed(startedAt(), at, failure.error(), canceled());
                case RunVerdict.Stopped stopped -> new Failed(startedAt(), at, stopped.error(), true);
            };
        }
    }

    /** A run that is over; it has a completion time, also when it failed (census-api 3.2). */
    sealed interface Over extends SyncRunState {
        Instant completedAt();
    }

    /** Created; no stage has reported yet. */
    record Queued() implements Active {
        @Override
        public String status() {
            return "queued";
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.empty();
        }

        @Override
        public Working start(Instant at) {
            return new Working(at);
        }

        @Override
        public Canceling cancel(String reason) {
            return new Canceling(Optional.empty(), reason);
        }
    }

    /** At least one stage has reported. */
    record Working(Instant since) implements Active {
        public Working {
            Objects.requireNonNull(since, "since");
        }

        @Override
        public String status() {
            return "working";
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.of(since);
        }

        @Override
        public Working start(Instant at) {
            return this;
        }

        @Override
        public Canceling cancel(String reason) {
            return new Canceling(Optional.of(since), reason);
        }
    }

    /** A cancel is on its way through the stages; what was accepted stays (RUN-16). */
    record Canceling(Optional<Instant> startedAt, String reason) implements Active {
        public Canceling {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String status() {
            return "working";
        }

        @Override
        public boolean canceled() {
            return true;
        }

        @Override
        public Canceling start(Instant at) {
            return startedAt.isPresent() ? this : new Canceling(Optional.of(at), reason);
        }

        @Override
        public Canceling cancel(String again) {
            return this;
        }
    }

    /** Everything was done. */
    record Completed(Optional<Instant> startedAt, Instant completedAt) implements Over {
        public Completed {
            Objects.requireNonNull(completedAt, "completedAt");
        }

        @Override
        public String status() {
            return "completed";
        }
    }

    /** It ended early. A cancelled run is a failed one with {@link #canceled()} set: the word clients agree on. */
    record Failed(Optional<Instant> startedAt, Instant completedAt, RunError error, boolean canceled) implements Over {
        public Failed {
            Objects.requireNonNull(completedAt, "completedAt");
            Objects.requireNonNull(error, "error");
        }

        @Override
        public String status() {
            return "failed";
        }
    }

    /** Due while an earlier run of the sync was active (RUN-15). */
    record Skipped(Instant completedAt, RunError error) implements Over {
        public Skipped {
            Objects.requireNonNull(completedAt, "completedAt");
            Objects.requireNonNull(error, "error");
        }

        @Override
        public String status() {
            return "skipped";
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.empty();
        }
    }
}
