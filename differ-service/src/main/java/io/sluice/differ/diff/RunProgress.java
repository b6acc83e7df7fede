package io.sluice.differ.diff;

import io.sluice.contract.DiffCounts;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one run is in this partition. Immutable; every change is a new value that goes to the store with the state.
 *
 * @param facts what the run is
 * @param attemptId the attempt whose records count; others are ignored
 * @param attempt number of the attempt, from 1
 * @param phase where the bracket stands
 * @param counts what was counted
 * @param seen how many entries of the state this attempt has seen
 * @param logged how many pieces the run's emission log has
 * @param highWaterMark the source's maximum of the growing column, once its end was read
 * @param votes what the partitions would remove, as far as they have said
 */
public record RunProgress(
        RunFacts facts,
        String attemptId,
        int attempt,
        Phase phase,
        Counts counts,
        long seen,
        int logged,
        Optional<String> highWaterMark,
        Map<Integer, Vote> votes) {

    /** Where the bracket of a run stands in one partition. */
    public enum Phase {
        /** Records arrive. */
        READING,
        /** The end of the source was seen; whether removals are allowed is being found out. */
        DECIDING,
        /** The end of the source was seen and forwarded; outcomes arrive. */
        LOADING,
        /** Everything was absorbed. */
        ENDED
    }

    /**
     * What was counted.
     *
     * @param sourceRecords rows of the current attempt
     * @param unchanged rows of the current attempt that need nothing
     * @param plannedUpdates write operations, over all attempts
     * @param plannedDeletes delete operations, over all attempts
     * @param invalid invalid rows, over all attempts
     * @param added of the operations for rows of the source, those for records not synced before, over all attempts
     * @param quarantined operations of the current attempt that were left out; those for rows of the source are unchanged
     *     rows too
     */
    public record Counts(
            long sourceRecords,
            long unchanged,
            long plannedUpdates,
            long plannedDeletes,
            long invalid,
            long added,
            long quarantined) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    sourceRecords + more.sourceRecords,
                    unchanged + more.unchanged,
                    plannedUpdates + more.plannedUpdates,
                    plannedDeletes + more.plannedDeletes,
                    invalid + more.invalid,
                    added + more.added,
                    quarantined + more.quarantined);
        }

        /** What was emitted stays counted, what was read is read again. */
        Counts reread() {
            return new Counts(0, 0, plannedUpdates, plannedDeletes, invalid, added, 0);
        }

        Counts withDeletes(long deletes) {
            return new Counts(sourceRecords, unchanged, plannedUpdates, deletes, invalid, added, quarantined);
        }

        DiffCounts contract() {
            return new DiffCounts(sourceRecords, unchanged, plannedUpdates, plannedDeletes, invalid);
        }
    }

    /**
     * What one partition would remove.
     *
     * @param removals records it would remove
     * @param synced records it knows as synced
     */
    public record Vote(long removals, long synced) {}

    public RunProgress {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(attemptId, "attemptId");
        Objects.requireNonNull(phase, "phase");
        votes = Map.copyOf(votes);
    }

    static RunProgress first(RunFacts facts, String attemptId) {
        return new RunProgress(facts, attemptId, 1, Phase.READING, Counts.NONE, 0, 0, Optional.empty(), Map.of());
    }

    RunProgress nextAttempt(String nextAttemptId) {
        return new RunProgress(
                facts, nextAttemptId, attempt + 1, phase, counts.reread(), 0, logged, Optional.empty(), votes);
    }

    RunProgress afterBatch(Counts more, long nowSeen, int nowLogged) {
        return new RunProgress(
                facts, attemptId, attempt, phase, counts.plus(more), nowSeen, nowLogged, highWaterMark, votes);
    }

    /** The same, with the rows that stayed in the source, and without the removed records, which are no rows. */
    RunProgress withRowsOfTheSource(long stayed, long removed) {
        return afterBatch(new Counts(stayed - removed, stayed, 0, 0, 0, 0, 0), seen, logged);
    }

    RunProgress withSeen(long nowSeen) {
        return afterBatch(Counts.NONE, nowSeen, logged);
    }

    RunProgress withVote(int partition, Vote vote) {
        Map<Integer, Vote> all = new TreeMap<>(votes);
        all.putIfAbsent(partition, vote);
        return new RunProgress(facts, attemptId, attempt, phase, counts, seen, logged, highWaterMark, all);
    }

    RunProgress withMark(Optional<String> mark) {
        return new RunProgress(facts, attemptId, attempt, phase, counts, seen, logged, mark, votes);
    }

    RunProgress withDeletes(long deletes) {
        return new RunProgress(
                facts, attemptId, attempt, phase, counts.withDeletes(deletes), seen, logged, highWaterMark, votes);
    }

    /** The same with what became of the records that left the source. */
    RunProgress withRemovals(Departures.Removals removals) {
        RunProgress planned = withDeletes(removals.planned());
        return planned.afterBatch(new Counts(0, 0, 0, 0, 0, 0, removals.withheld()), seen, logged);
    }

    RunProgress in(Phase next) {
        return new RunProgress(facts, attemptId, attempt, next, counts, seen, logged, highWaterMark, votes);
    }

    /** Whether the source's end has not been passed on yet: what is accepted now is part of what the run has seen. */
    boolean marksSeen() {
        return phase == Phase.READING || phase == Phase.DECIDING;
    }
}
