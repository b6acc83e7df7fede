package io.sluice.differ.diff;

import java.util.Objects;

/**
 * How far one run is in this partition. Immutable; every change is a new value that goes to the store with the state.
 *
 * @param facts what the run is
 * @param attemptId the attempt whose records count; others are ignored
 * @param attempt number of the attempt, from 1
 * @param phase where the bracket stands
 * @param sourceRecords rows of the current attempt
 * @param unchanged unchanged rows of the current attempt
 * @param plannedUpdates write operations emitted, over all attempts
 * @param plannedDeletes delete operations emitted
 * @param invalid invalid rows emitted, over all attempts
 * @param seen how many entries of the state this attempt has seen
 * @param logged how many pieces the run's emission log has
 */
public record RunProgress(
        RunFacts facts,
        String attemptId,
        int attempt,
        Phase phase,
        long sourceRecords,
        long unchanged,
        long plannedUpdates,
        long plannedDeletes,
        long invalid,
        long seen,
        int logged) {

    /** Where the bracket of a run stands in one partition. */
    public enum Phase {
        /** Records arrive. */
        READING,
        /** The end of the source was seen and forwarded; outcomes arrive. */
        LOADING,
        /** Everything was absorbed. */
        ENDED
    }

    public RunProgress {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(attemptId, "attemptId");
        Objects.requireNonNull(phase, "phase");
    }

    static RunProgress first(RunFacts facts, String attemptId) {
        return new RunProgress(facts, attemptId, 1, Phase.READING, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The next attempt: what was emitted stays counted, what was read is read again. */
    RunProgress nextAttempt(String nextAttemptId) {
        return new RunProgress(
                facts,
                nextAttemptId,
                attempt + 1,
                Phase.READING,
                0,
                0,
                plannedUpdates,
                plannedDeletes,
                invalid,
                0,
                logged);
    }

    RunProgress afterBatch(long rows, long same, long updates, long notValid, long nowSeen, int nowLogged) {
        return new RunProgress(
                facts,
                attemptId,
                attempt,
                phase,
                sourceRecords + rows,
                unchanged + same,
                plannedUpdates + updates,
                plannedDeletes,
                invalid + notValid,
                nowSeen,
                nowLogged);
    }

    RunProgress withSeen(long nowSeen) {
        return afterBatch(0, 0, 0, 0, nowSeen, logged);
    }

    RunProgress loading(long deletes) {
        return new RunProgress(
                facts,
                attemptId,
                attempt,
                Phase.LOADING,
                sourceRecords,
                unchanged,
                plannedUpdates,
                plannedDeletes + deletes,
                invalid,
                seen,
                logged);
    }

    RunProgress ended() {
        return new RunProgress(
                facts,
                attemptId,
                attempt,
                Phase.ENDED,
                sourceRecords,
                unchanged,
                plannedUpdates,
                plannedDeletes,
                invalid,
                seen,
                logged);
    }
}
