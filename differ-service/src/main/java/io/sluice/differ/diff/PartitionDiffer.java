package io.sluice.differ.diff;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.operation.OperationKind;
import io.sluice.record.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The differ of one partition. Handles one message at a time; state and output of a message are committed together by the
 * caller (exactly once), so a message handled twice after a crash finds the state as it was before.
 *
 * <p>An unchanged row costs one read of the state and no write of its own. Used by one thread.
 */
public final class PartitionDiffer {
    /** Deletes per operations message: keeps messages well under a megabyte. */
    private static final int DELETES_PER_MESSAGE = 2_000;

    private static final RecordFingerprint NO_FINGERPRINT = new RecordFingerprint(new byte[Fingerprint.BYTES]);

    private final AcceptedState state;
    private final RunStore runs;
    private final DiffOutput output;
    private final Map<Long, Map<Long, Integer>> leftOvers = new HashMap<>();

    public PartitionDiffer(AcceptedState state, RunStore runs, DiffOutput output) {
        this.state = state;
        this.runs = runs;
        this.output = output;
    }

    /** A reading of the source begins. A newer attempt of an open run replaces the earlier one. */
    public void runStarted(RunFacts facts, RunStarted started) {
        runStarted(facts, started, false);
    }

    /**
     * As {@link #runStarted(RunFacts, RunStarted)}.
     *
     * @param newIdentity the sync's identifiers mean something else than before (another key, another destination object):
     *     the state is forgotten first, and a mirror therefore removes nothing under the old ones (requirement KEY-12)
     */
    public void runStarted(RunFacts facts, RunStarted started, boolean newIdentity) {
        SyncCounters counters = runs.counters(facts.syncId());
        if (facts.syncRunId() < counters.currentRun()) {
            return; // a zombie of a run that is long over
        }
        Optional<RunProgress> known = runs.progress(facts.syncRunId());
        if (known.isEmpty()) {
            forget(counters.currentRun());
            if (newIdentity) {
                state.clear(facts.syncId());
            }
            SyncCounters base = newIdentity ? SyncCounters.NONE : counters;
            runs.putCounters(facts.syncId(), base.withRun(facts.syncRunId()));
            runs.putProgress(RunProgress.first(facts, started.getAttemptId()));
            output.runStarted(facts, started);
            return;
        }
        RunProgress progress = known.get();
        boolean sameAttempt = progress.attemptId().equals(started.getAttemptId());
        if (progress.phase() == RunProgress.Phase.READING && !sameAttempt) {
            runs.clearSeen(facts.syncRunId());
            leftOvers.remove(facts.syncRunId());
            runs.putProgress(progress.nextAttempt(started.getAttemptId()));
        }
    }

    /** Whether the run is known here, so that its plan need not be looked up. */
    public boolean knows(long syncRunId) {
        return runs.progress(syncRunId).isPresent();
    }

    /** Rows of an attempt. Those of an attempt that was replaced, or of a closed bracket, are ignored. */
    public void records(RecordBatch batch) {
        reading(batch.getSyncRunId(), batch.getAttemptId()).ifPresent(progress -> {
            BatchDiff diff =
                    new BatchDiff(progress, state, new SeenMarks(runs, batch.getSyncRunId()), leftOver(progress));
            diff.classify(batch.getRecords());
            diff.emit(output, runs);
            runs.putProgress(diff.progress());
            output.progress(progress.facts(), diff.progress().sourceRecords());
        });
    }

    private Map<Long, Integer> leftOver(RunProgress progress) {
        if (progress.attempt() == 1) {
            return Map.of();
        }
        long runId = progress.facts().syncRunId();
        return leftOvers.computeIfAbsent(runId, id -> EmissionLog.leftOver(runs, id, progress.attempt()));
    }

    /** The source was read to its end, or reading failed: plans the removals of a mirror and closes the bracket. */
    public void extractEnded(ExtractEnded ended) {
        reading(ended.getSyncRunId(), ended.getAttemptId()).ifPresent(progress -> {
            EndState endState = ended.getState();
            StageError error = ended.getError();
            long deletes = 0;
            if (endState == EndState.COMPLETED && ended.getRecordCount() != progress.sourceRecords()) {
                endState = EndState.FAILED;
                error = new StageError(
                        "RECORDS_LOST",
                        "The extractor sent " + ended.getRecordCount() + " records and the differ received "
                                + progress.sourceRecords() + ". This is a bug of Sluice; run the sync again.");
            } else if (endState == EndState.COMPLETED) {
                deletes = planRemovals(progress);
            }
            RunProgress now = progress.loading(deletes);
            output.diffEnded(now.facts(), new DiffEnded(now.facts().syncRunId(), endState, counts(now), error));
            output.progress(now.facts(), now.sourceRecords());
            runs.putProgress(now);
            runs.clearSeen(now.facts().syncRunId());
            runs.clearEmitted(now.facts().syncRunId());
            leftOvers.remove(now.facts().syncRunId());
        });
    }

    private long planRemovals(RunProgress progress) {
        RunFacts facts = progress.facts();
        Optional<OperationKind> removal = OperationPlanner.plan(facts.behavior(), RecordClass.REMOVED);
        boolean allSeen = progress.seen() == runs.counters(facts.syncId()).live();
        if (removal.isEmpty() || allSeen) {
            return 0;
        }
        SeenMarks seen = new SeenMarks(runs, facts.syncRunId());
        RemovalBatches batches = new RemovalBatches(facts);
        state.forEach(facts.syncId(), (identifier, entry) -> {
            if (!seen.isMarked(entry.ordinal())) {
                batches.add(identifier, entry.ordinal());
            }
        });
        batches.flush();
        return batches.planned;
    }

    private final class RemovalBatches {
        private final RunFacts facts;
        private List<Operation> pending = new ArrayList<>();
        private long planned;

        RemovalBatches(RunFacts facts) {
            this.facts = facts;
        }

        void add(String identifier, int ordinal) {
            pending.add(new Operation(
                    PlannedOperation.DELETE,
                    identifier,
                    NO_FINGERPRINT,
                    RemovalPayload.of(facts.identifierColumn(), identifier),
                    ordinal));
            planned++;
            if (pending.size() == DELETES_PER_MESSAGE) {
                flush();
            }
        }

        void flush() {
            if (!pending.isEmpty()) {
                output.operations(facts, new OperationBatch(facts.syncRunId(), pending));
                pending = new ArrayList<>();
            }
        }
    }

    /** Outcomes move the state: only what the destination accepted counts as synced (requirement ENG-18). */
    public void outcomes(long syncId, OutcomeBatch batch) {
        Optional<RunProgress> open =
                runs.progress(batch.getSyncRunId()).filter(run -> run.phase() == RunProgress.Phase.READING);
        SeenMarks seen = open.isPresent() ? new SeenMarks(runs, batch.getSyncRunId()) : null;
        AcceptedChanges changes = new AcceptedChanges(syncId, runs.counters(syncId), seen);
        for (Outcome outcome : batch.getOutcomes()) {
            changes.apply(outcome);
        }
        if (changes.counters != changes.before) {
            runs.putCounters(syncId, changes.counters);
        }
        if (changes.newlySeen > 0) {
            seen.save();
            RunProgress progress = open.get();
            runs.putProgress(progress.withSeen(progress.seen() + changes.newlySeen));
        }
    }

    private final class AcceptedChanges {
        private final long syncId;
        private final SyncCounters before;
        private final SeenMarks seen;
        private SyncCounters counters;
        private long newlySeen;

        AcceptedChanges(long syncId, SyncCounters counters, SeenMarks seen) {
            this.syncId = syncId;
            this.before = counters;
            this.counters = counters;
            this.seen = seen;
        }

        void apply(Outcome outcome) {
            boolean removes = outcome.getKind() == PlannedOperation.DELETE;
            switch (outcome.getStatus()) {
                case SUCCEEDED -> {
                    if (removes) {
                        remove(outcome.getIdentifier());
                    } else {
                        store(
                                outcome,
                                Fingerprint.fromBytes(outcome.getFingerprint().bytes()));
                    }
                }
                case UNKNOWN -> {
                    if (!removes) {
                        // it may be there or not: the next run sends it again, and a mirror still removes it
                        store(outcome, Fingerprint.NEVER_EQUAL);
                    }
                }
                case REJECTED, NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> {
                    // nothing was accepted, so nothing moves; the record comes back by itself
                }
            }
        }

        private void store(Outcome outcome, Fingerprint fingerprint) {
            int ordinal = outcome.getOrdinal();
            if (ordinal < 0) {
                AcceptedState.Entry existing = state.find(syncId, outcome.getIdentifier());
                if (existing == null) {
                    ordinal = counters.nextOrdinal();
                    counters = counters.afterInsert();
                } else {
                    ordinal = existing.ordinal();
                }
            }
            state.put(syncId, outcome.getIdentifier(), new AcceptedState.Entry(fingerprint, ordinal));
            if (seen != null && seen.mark(ordinal)) {
                newlySeen++;
            }
        }

        private void remove(String identifier) {
            if (state.find(syncId, identifier) != null) {
                state.remove(syncId, identifier);
                counters = counters.afterRemoval();
            }
        }
    }

    /** The run is over in this partition; its marks are forgotten. */
    public void loadEnded(LoadEnded ended) {
        ifOpen(ended.getSyncRunId(), progress -> {
            output.absorbed(progress.facts(), ended);
            runs.clearSeen(ended.getSyncRunId());
            runs.clearEmitted(ended.getSyncRunId());
            leftOvers.remove(ended.getSyncRunId());
            runs.putProgress(progress.ended());
        });
    }

    private void ifOpen(long syncRunId, Consumer<RunProgress> action) {
        runs.progress(syncRunId)
                .filter(progress -> progress.phase() != RunProgress.Phase.ENDED)
                .ifPresent(action);
    }

    private Optional<RunProgress> reading(long syncRunId, String attemptId) {
        return runs.progress(syncRunId)
                .filter(progress -> progress.phase() == RunProgress.Phase.READING
                        && progress.attemptId().equals(attemptId));
    }

    private void forget(long syncRunId) {
        if (syncRunId > 0) {
            runs.clearSeen(syncRunId);
            runs.clearEmitted(syncRunId);
            runs.removeProgress(syncRunId);
            leftOvers.remove(syncRunId);
        }
    }

    private static DiffCounts counts(RunProgress progress) {
        return new DiffCounts(
                progress.sourceRecords(),
                progress.unchanged(),
                progress.plannedUpdates(),
                progress.plannedDeletes(),
                progress.invalid());
    }
}
