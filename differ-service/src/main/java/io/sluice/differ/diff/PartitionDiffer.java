package io.sluice.differ.diff;

import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RemovalVote;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.contract.rows.PackedRows;
import io.sluice.differ.diff.RunProgress.Phase;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.quarantine.ReleasedRecords;
import io.sluice.support.removal.RemovalLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The differ of one partition. Handles one message at a time; state and output of a message are committed together by the
 * caller (exactly once), so a message handled twice after a crash finds the state as it was before.
 *
 * <p>An unchanged row costs one read of the state and no write of its own. Used by one thread.
 */
public final class PartitionDiffer {
    private final AcceptedState state;
    private final RunStore runs;
    private final FailingRecords failing;
    private final DiffOutput output;
    private final int partition;
    private final int partitions;
    private final Departures departures;
    private final Map<Long, Map<Long, Integer>> leftOvers = new HashMap<>();

    /**
     * Runs in their first attempt that began on an empty state: nothing they meet can be known, so nothing is looked up. Not
     * kept over a restart, where looking up finds the same.
     */
    private final Set<Long> firsts = new HashSet<>();

    /**
     * The differ of a partition.
     *
     * @param partition its number
     * @param partitions how many there are: so many votes decide about mass removals
     */
    public PartitionDiffer(
            AcceptedState state,
            RunStore runs,
            FailingRecords failing,
            DiffOutput output,
            int partition,
            int partitions) {
        this.state = state;
        this.runs = runs;
        this.failing = failing;
        this.output = output;
        this.partition = partition;
        this.partitions = partitions;
        this.departures = new Departures(state, runs, output);
    }

    /**
     * What a run's plan expects of the state.
     *
     * @param newIdentity the sync's identifiers mean something else than before (another key, another destination object):
     *     the state is forgotten when the full sync begins, and a mirror therefore removes nothing under the old ones
     *     (requirement KEY-12)
     * @param latestRun the run the state must know of, 0 for none: a state that does not was lost (ENG-10)
     * @param releases records that must leave quarantine first
     */
    public record Expectation(boolean newIdentity, long latestRun, List<Release> releases) {
        /** Whatever the state is, it is right. */
        public static final Expectation NONE = new Expectation(false, 0, List.of());

        public Expectation {
            releases = List.copyOf(releases);
        }
    }

    /**
     * Records that somebody released from quarantine.
     *
     * @param beforeRun the first run that heard of it: what failed in it or after it is not released
     * @param records which ones
     */
    public record Release(long beforeRun, ReleasedRecords records) {}

    /** A reading of the source begins. A newer attempt of an open run replaces the earlier one. */
    public void runStarted(RunFacts facts, RunStarted started, Expectation expected) {
        SyncCounters counters = runs.counters(facts.syncId());
        if (facts.syncRunId() < counters.currentRun()) {
            return; // a zombie of a run that is long over
        }
        Optional<RunProgress> known = runs.progress(facts.syncRunId());
        if (known.isEmpty()) {
            begin(facts, counters, started, expected);
            return;
        }
        RunProgress progress = known.get();
        boolean sameAttempt = progress.attemptId().equals(started.getAttemptId());
        if (progress.phase() == Phase.READING && !sameAttempt) {
            runs.clearMarks(RunStore.MarkKind.SEEN, facts.syncRunId());
            runs.clearMissed(facts.syncRunId());
            leftOvers.remove(facts.syncRunId());
            firsts.remove(facts.syncRunId());
            runs.putProgress(progress.nextAttempt(started.getAttemptId()));
        }
    }

    private void begin(RunFacts planned, SyncCounters counters, RunStarted started, Expectation expected) {
        forget(counters.currentRun());
        boolean appends = planned.behavior() == SyncBehavior.APPEND;
        boolean lost = expected.latestRun() > counters.currentRun()
                || (appends && counters.memoryLost() && !expected.newIdentity());
        RunFacts facts = lost ? planned.withoutState() : planned;
        SyncCounters base = planned.dry() ? counters : counters.withMemoryLost(lost && appends);
        boolean begins = facts.fullSync() && facts.fullSyncSince() != counters.fullSyncSince();
        if (begins && facts.dry()) {
            facts = expected.newIdentity() ? facts.starting(RunFacts.Start.DRY_AFRESH) : facts;
        } else if (begins) {
            runs.clearMarks(RunStore.MarkKind.FRESH, facts.syncId());
            if (expected.newIdentity()) {
                state.clear(facts.syncId());
                base = SyncCounters.NONE;
            }
            base = base.withFullSyncSince(facts.fullSyncSince());
        }
        runs.putCounters(facts.syncId(), base.withRun(facts.syncRunId()));
        if (base.nextOrdinal() == 0 && facts.start() != RunFacts.Start.SKIP_CURRENT) {
            firsts.add(facts.syncRunId());
        }
        runs.putProgress(RunProgress.first(facts, started.getAttemptId()));
        quarantine(facts).begin(expected.releases());
        if (!facts.dry()) {
            output.runStarted(facts, started);
        }
    }

    private Quarantine quarantine(RunFacts facts) {
        return new Quarantine(facts, failing, output);
    }

    /** Rows of an attempt. Those of an attempt that was replaced, or of a closed bracket, are ignored. */
    public void records(RecordBatch batch) {
        reading(batch.getSyncRunId(), batch.getAttemptId()).ifPresent(progress -> {
            Quarantine quarantine = quarantine(progress.facts());
            boolean nothingKnown = firsts.contains(batch.getSyncRunId());
            BatchDiff diff = new BatchDiff(progress, state, runs, quarantine, leftOver(progress), nothingKnown);
            diff.classify(new PackedRows(batch.getRows()));
            diff.emit(output, runs);
            runs.putProgress(diff.progress());
            output.progress(progress.facts(), diff.progress().counts().sourceRecords());
        });
    }

    private Map<Long, Integer> leftOver(RunProgress progress) {
        if (progress.attempt() == 1) {
            return Map.of();
        }
        long runId = progress.facts().syncRunId();
        return leftOvers.computeIfAbsent(runId, id -> EmissionLog.leftOver(runs, id, progress.attempt()));
    }

    /** The source was read to its end, or reading failed: sees to what has left the source and closes the bracket. */
    public void extractEnded(ExtractEnded ended) {
        reading(ended.getSyncRunId(), ended.getAttemptId()).ifPresent(reading -> {
            RunProgress progress = reading.withMark(Optional.ofNullable(ended.getHighWaterMark()));
            StageError error = ended.getError();
            EndState endState = ended.getState();
            if (endState == EndState.COMPLETED
                    && ended.getRecordCount() != progress.counts().sourceRecords()) {
                endState = EndState.FAILED;
                error = new StageError(
                        "RECORDS_LOST",
                        "The extractor sent " + ended.getRecordCount() + " records and the differ received "
                                + progress.counts().sourceRecords()
                                + ". This is a bug of Sluice; run the sync again.");
            } else if (endState == EndState.COMPLETED && memoryLost(progress.facts())) {
                endState = EndState.FAILED;
                error = memoryLost();
            }
            Optional<RereadRun> missed =
                    endState == EndState.COMPLETED ? MissedRows.request(runs, reading) : Optional.empty();
            if (missed.isPresent()) {
                // the bracket stays open: the next attempt brings what is missing
                output.reread(reading.facts(), missed.get());
                return;
            }
            if (!progress.facts().keepsState()) {
                progress = progress.withRowsOfTheSource(ended.getUnchangedCount(), ended.getRemovedCount());
            }
            if (progress.facts().limit().isPresent() && !progress.facts().dry()) {
                long removals = endState == EndState.COMPLETED ? removals(progress) : 0;
                long synced = progress.facts().keepsState()
                        ? runs.counters(progress.facts().syncId()).live()
                        : ended.getSyncedCount();
                output.removalVote(
                        progress.facts(), new RemovalVote(ended.getSyncRunId(), partition, removals, synced));
                if (removals > 0) {
                    // its own vote comes back like the others', so that all is decided by what is in the log
                    runs.putProgress(progress.in(Phase.DECIDING));
                    return;
                }
            }
            close(progress, endState, error);
        });
    }

    /** An append that does not know any more what it has sent must not send it again (BEH-21). */
    private static boolean memoryLost(RunFacts facts) {
        return facts.behavior() == SyncBehavior.APPEND && facts.start() == RunFacts.Start.STATE_LOST;
    }

    private static StageError memoryLost() {
        return new StageError(
                "STATE_LOST",
                "What this append sync has sent is not known any more: the state of the differ was lost. Nothing was"
                        + " sent. Make a new sync with historical_sync_operation skip_current_records, or with"
                        + " backfill_all_records if sending everything again does no harm.");
    }

    private long removals(RunProgress progress) {
        return switch (progress.facts().behavior()) {
            case MIRROR ->
                progress.facts().keepsState()
                        ? departures.due(progress, quarantine(progress.facts())).planned()
                        : 0;
            case DELETE -> progress.counts().plannedDeletes();
            case UPSERT, UPDATE, INSERT, APPEND -> 0;
        };
    }

    /** What one partition would remove; when all have said it, each decides, and all the same. */
    public void removalVote(RemovalVote vote) {
        runs.progress(vote.getSyncRunId()).filter(RunProgress::marksSeen).ifPresent(progress -> {
            RunProgress now =
                    progress.withVote(vote.getPartition(), new RunProgress.Vote(vote.getRemovals(), vote.getSynced()));
            runs.putProgress(now);
            if (now.phase() == Phase.DECIDING) {
                decide(now);
            }
        });
    }

    private void decide(RunProgress progress) {
        if (progress.votes().size() < partitions) {
            return;
        }
        long removals = 0;
        long synced = 0;
        for (RunProgress.Vote vote : progress.votes().values()) {
            removals += vote.removals();
            synced += vote.synced();
        }
        RemovalLimit limit = progress.facts().limit().orElseThrow();
        if (limit.allows(removals, synced)) {
            close(progress, EndState.COMPLETED, null);
        } else {
            close(progress.withDeletes(0), EndState.FAILED, limit.refusal(removals, synced));
        }
    }

    private void close(RunProgress progress, EndState endState, StageError error) {
        RunFacts facts = progress.facts();
        RunProgress done = endState == EndState.COMPLETED ? depart(progress) : withoutHeld(progress);
        if (endState == EndState.COMPLETED) {
            quarantine(facts).sweep();
        }
        RunProgress now = done.in(facts.dry() ? Phase.ENDED : Phase.LOADING);
        if (facts.dry()) {
            LoadCounts nothing = new LoadCounts(0L, 0L, 0L, 0L, 0L);
            output.absorbed(
                    now, new LoadEnded(facts.syncRunId(), endState, now.counts().contract(), nothing, error));
        } else {
            output.diffEnded(
                    facts,
                    new DiffEnded(facts.syncRunId(), endState, now.counts().contract(), error));
        }
        output.progress(facts, now.counts().sourceRecords());
        runs.putProgress(now);
        clear(facts.syncRunId());
    }

    private RunProgress depart(RunProgress progress) {
        RunFacts facts = progress.facts();
        if (!facts.keepsState()) {
            // the source saw to what has left it; only deletes that waited for the guard are still here
            runs.forEachHeld(facts.syncRunId(), batch -> output.operations(facts, batch));
            return progress;
        }
        if (facts.start() == RunFacts.Start.DRY_AFRESH) {
            return progress;
        }
        return switch (OperationPlanner.departure(facts.behavior())) {
            case REMOVE ->
                progress.withRemovals(
                        facts.dry()
                                ? departures.due(progress, quarantine(facts))
                                : departures.remove(progress, quarantine(facts)));
            case FORGET -> {
                if (!facts.dry()) {
                    runs.forEachHeld(facts.syncRunId(), batch -> output.operations(facts, batch));
                    departures.forget(progress);
                }
                yield progress;
            }
            case KEEP -> progress;
        };
    }

    /** Deletes that were kept back and are not done were never planned. */
    private static RunProgress withoutHeld(RunProgress progress) {
        return progress.facts().holdsDeletes() ? progress.withDeletes(0) : progress;
    }

    /** Outcomes move the state: only what the destination accepted counts as synced (requirement ENG-18). */
    public void outcomes(long syncId, OutcomeBatch batch) {
        Optional<RunProgress> run = runs.progress(batch.getSyncRunId());
        run.ifPresent(open -> learn(open.facts(), batch));
        if (run.filter(open -> !open.facts().keepsState()).isPresent()) {
            return; // the state is the source's to move, or there is none
        }
        long current = runs.counters(syncId).currentRun();
        if (current != batch.getSyncRunId()) {
            firsts.remove(current);
        }
        boolean nothingKnown = firsts.contains(batch.getSyncRunId());
        AcceptedChanges changes = new AcceptedChanges(syncId, run, state, runs, nothingKnown);
        for (Outcome outcome : batch.getOutcomes()) {
            changes.apply(outcome);
        }
        changes.save(runs);
    }

    private void learn(RunFacts facts, OutcomeBatch batch) {
        Quarantine quarantine = quarantine(facts);
        if (quarantine.on() && batch.getBatchEndedAt() != null) { // invalid rows were not sent, and have no such time
            for (Outcome outcome : batch.getOutcomes()) {
                quarantine.learn(outcome, batch.getBatchEndedAt());
            }
        }
    }

    /** The run is over in this partition; its marks are forgotten. */
    public void loadEnded(LoadEnded ended) {
        ifOpen(ended.getSyncRunId(), progress -> {
            output.absorbed(progress, ended);
            clear(ended.getSyncRunId());
            firsts.remove(ended.getSyncRunId());
            runs.putProgress(progress.in(Phase.ENDED));
        });
    }

    private void ifOpen(long syncRunId, Consumer<RunProgress> action) {
        runs.progress(syncRunId)
                .filter(progress -> progress.phase() != Phase.ENDED)
                .ifPresent(action);
    }

    private Optional<RunProgress> reading(long syncRunId, String attemptId) {
        return runs.progress(syncRunId)
                .filter(progress -> progress.phase() == Phase.READING
                        && progress.attemptId().equals(attemptId));
    }

    private void clear(long syncRunId) {
        runs.clearMarks(RunStore.MarkKind.SEEN, syncRunId);
        runs.clearEmitted(syncRunId);
        runs.clearHeld(syncRunId);
        runs.clearMissed(syncRunId);
        leftOvers.remove(syncRunId);
    }

    private void forget(long syncRunId) {
        if (syncRunId > 0) {
            clear(syncRunId);
            firsts.remove(syncRunId);
            runs.removeProgress(syncRunId);
        }
    }
}
