package io.sluice.extractor.commit;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.SyncLog;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Carries the outcomes of one partition to the sources that keep their state themselves: gathers what was accepted, applies
 * it in transactions of some thousand records, and says so when a run has ended here. What is gathered is at most one
 * transaction's worth per run. A message handled twice does no harm: positions in the log tell echoes apart.
 *
 * <p>Used by one thread.
 */
public final class PartitionCommitter {
    /** Code of a run whose state could not be saved. */
    public static final String NOT_SAVED = "STATE_NOT_SAVED";

    private static final int APPLIED_TOGETHER = 20_000;

    /** Payload in one transaction, roughly, in characters: bounds memory. */
    private static final long LOGGED_TOGETHER = 8 << 20;

    private final int partition;
    private final LongFunction<Optional<RunPlan>> plans;
    private final StateWriter writer;
    private final CommitReports reports;
    private final Map<Long, OpenRun> open = new HashMap<>();
    private final Map<Long, Boolean> concerned = new HashMap<>();

    public PartitionCommitter(
            int partition, LongFunction<Optional<RunPlan>> plans, StateWriter writer, CommitReports reports) {
        this.partition = partition;
        this.plans = plans;
        this.writer = writer;
        this.reports = reports;
    }

    private static final class OpenRun {
        private final RunPlan plan;
        private List<AcceptedChange> pending = new ArrayList<>();
        private List<SyncLog.Line> lines = new ArrayList<>();
        private long characters;
        private long lastOffset;
        private boolean gaveUp;

        OpenRun(RunPlan plan) {
            this.plan = plan;
        }
    }

    /** Whether batches of a sync need to be looked at: not when its latest run here keeps its state elsewhere. */
    public boolean concerns(long syncId) {
        return concerned.getOrDefault(syncId, true);
    }

    /** Takes one event of the outcomes topic. */
    public void take(long syncId, long offset, Object event) {
        switch (event) {
            case RunStarted started ->
                concerned.put(syncId, find(started.getSyncRunId()).isPresent());
            case OutcomeBatch batch -> find(batch.getSyncRunId()).ifPresent(run -> gather(run, offset, batch));
            case LoadEnded ended -> find(ended.getSyncRunId()).ifPresent(run -> end(run, ended));
            default -> {
                // a kind of event that says nothing about the state
            }
        }
    }

    private Optional<OpenRun> find(long runId) {
        OpenRun known = open.get(runId);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<OpenRun> found = plans.apply(runId)
                .filter(plan -> plan.getStateMode() == PlannedStateMode.WAREHOUSE)
                .map(OpenRun::new);
        found.ifPresent(run -> open.put(runId, run));
        return found;
    }

    private void gather(OpenRun run, long offset, OutcomeBatch batch) {
        batch.getOutcomes().forEach(outcome -> OutcomeChanges.of(outcome, run.plan.getBehavior())
                .ifPresent(run.pending::add));
        run.lastOffset = offset;
        if (run.plan.getWriteback() != null) {
            log(run, LogLines.of(offset, batch));
        }
        if (Math.max(run.pending.size(), run.lines.size()) >= APPLIED_TOGETHER || run.characters >= LOGGED_TOGETHER) {
            apply(run);
        }
    }

    private static void log(OpenRun run, List<SyncLog.Line> lines) {
        for (SyncLog.Line line : lines) {
            run.lines.add(line);
            run.characters += line.payload() == null ? 0 : line.payload().length();
        }
    }

    private void end(OpenRun run, LoadEnded ended) {
        apply(run);
        if (!run.gaveUp) {
            reports.committed(partition, ended);
        }
        open.remove(ended.getSyncRunId());
    }

    /** Whether something waits to be applied: until it is, the messages it came from must be read again after a crash. */
    public boolean hasGathered() {
        return open.values().stream().anyMatch(run -> !run.pending.isEmpty() || !run.lines.isEmpty());
    }

    /** Applies all that is gathered, so that the messages it came from need not be read again. */
    public void applyAll() {
        open.values().forEach(this::apply);
    }

    private void apply(OpenRun run) {
        List<AcceptedChange> changes = run.pending;
        List<SyncLog.Line> lines = run.lines;
        run.pending = new ArrayList<>();
        run.lines = new ArrayList<>();
        run.characters = 0;
        if ((changes.isEmpty() && lines.isEmpty()) || run.gaveUp) {
            return;
        }
        Optional<SyncLog> log =
                lines.isEmpty() ? Optional.empty() : Optional.of(new SyncLog(LogLines.ids(run.plan), lines));
        long runId = run.plan.getSyncRunId();
        writer.apply(run.plan, new LogPosition(partition, runId, run.lastOffset), changes, log)
                .ifPresent(error -> {
                    run.gaveUp = true;
                    reports.gaveUp(partition, runId, EndState.FAILED, notSaved(error));
                });
    }

    private static StageError notSaved(StageError cause) {
        return new StageError(
                NOT_SAVED,
                "The destination accepted records, and the source could not save that: " + cause.getMessage() + " ("
                        + cause.getCode() + "). When it can again, run the sync: it makes up for this first.");
    }
}
