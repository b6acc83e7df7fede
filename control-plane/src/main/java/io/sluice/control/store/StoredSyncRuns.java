package io.sluice.control.store;

import io.sluice.contract.RunPlan;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.RunBasis;
import io.sluice.control.run.RunError;
import io.sluice.control.run.RunLedger;
import io.sluice.control.run.RunProgress;
import io.sluice.control.run.StageReport;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import io.sluice.control.run.SyncRuns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs in PostgreSQL. Whoever changes a run holds its row; whoever creates one holds the sync's row. */
@ApplicationScoped
public class StoredSyncRuns implements SyncRuns {
    private static final String ACTIVE = "syncId = ?1 and state in ('queued', 'working', 'canceling')";

    private final SyncRunRows rows;
    private final SyncRows syncs;
    private final RunReports reports;
    private final Outbox outbox;
    private final Clock clock;

    public StoredSyncRuns(SyncRunRows rows, SyncRows syncs, RunReports reports, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.syncs = syncs;
        this.reports = reports;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Opening open(Wish wish, Planner planner) {
        SyncEntity sync = syncs.findById(wish.syncId(), LockModeType.PESSIMISTIC_WRITE);
        if (sync == null || sync.workspaceId != wish.workspaceId()) {
            return new SyncGone();
        }
        Instant now = clock.instant();
        Optional<SyncRunEntity> active = rows.find(ACTIVE, sync.id).firstResultOptional();
        if (active.isPresent()) {
            return skipped(wish, active.get(), now);
        }
        Optional<RunBasis> last =
                Optional.ofNullable(sync.completedBasis).map(json -> StoredJson.read(json, RunBasis.class));
        List<FullSyncReason> reasons = wish.basis().fullSyncReasons(last, wish.forced());
        SyncRunEntity row = persist(wish, new SyncRunState.Queued(), reasons, now);
        RunPlan plan = planner.plan(row.id, reasons, now);
        outbox.start(plan);
        return new Opened(row.id);
    }

    private Overlapped skipped(Wish wish, SyncRunEntity active, Instant now) {
        RunError why = new RunError(
                ErrorCode.SYNC_ALREADY_RUNNING.name(), "Skipped: run " + active.id + " of this sync was in progress");
        SyncRunEntity row = persist(wish, new SyncRunState.Skipped(now, why), List.of(), now);
        return new Overlapped(active.id, row.id);
    }

    private SyncRunEntity persist(Wish wish, SyncRunState state, List<FullSyncReason> reasons, Instant now) {
        SyncRunEntity row = new SyncRunEntity();
        row.syncId = wish.syncId();
        row.workspaceId = wish.workspaceId();
        row.triggerTag = wish.reason().tag();
        row.triggerDetail = wish.reason().detail();
        row.scheduledFor = wish.scheduledFor().orElse(null);
        row.partitions = wish.partitions();
        row.basis = StoredJson.write(wish.basis());
        row.fullSync = !reasons.isEmpty();
        row.fullSyncReasons = StoredJson.write(reasons);
        row.createdAt = now;
        RunRowMapping.store(state, row, now);
        rows.persist(row);
        return row;
    }

    @Override
    @Transactional
    public Optional<SyncRun> find(long workspaceId, long runId) {
        return rows.findByIdOptional(runId)
                .filter(row -> row.workspaceId == workspaceId)
                .map(this::run);
    }

    @Override
    @Transactional
    public Page<SyncRun> list(long workspaceId, long syncId, PageRequest page) {
        return Paging.page(
                rows.find("workspaceId = ?1 and syncId = ?2", Paging.order(page), workspaceId, syncId), page, found -> {
                    Map<Long, RunProgress> progress =
                            reports.progress(found.stream().map(row -> row.id).toList());
                    return found.stream()
                            .map(row -> RunRowMapping.run(row, progress.getOrDefault(row.id, RunProgress.NONE)))
                            .toList();
                });
    }

    @Override
    @Transactional
    public Optional<SyncRun> cancel(long workspaceId, long runId, String reason) {
        Optional<SyncRunEntity> found = rows.findByIdOptional(runId, LockModeType.PESSIMISTIC_WRITE)
                .filter(row -> row.workspaceId == workspaceId);
        found.ifPresent(row -> {
            SyncRunState state = RunRowMapping.state(row);
            if (state instanceof SyncRunState.Active active && !(state instanceof SyncRunState.Canceling)) {
                RunRowMapping.store(active.cancel(reason), row, clock.instant());
                outbox.cancel(row.id, row.syncId, reason);
            }
        });
        return found.map(this::run);
    }

    @Override
    @Transactional
    public List<Long> apply(List<StageReport> stageReports) {
        Set<Long> ended = new LinkedHashSet<>();
        for (StageReport report : stageReports) {
            SyncRunEntity row = rows.findById(report.runId(), LockModeType.PESSIMISTIC_WRITE);
            if (row == null || !(RunRowMapping.state(row) instanceof SyncRunState.Active active)) {
                continue;
            }
            RunRowMapping.store(active.start(clock.instant()), row, clock.instant());
            switch (report) {
                case StageReport.Progress progress -> reports.progress(progress);
                case StageReport.Ended end -> {
                    reports.end(row.id, end.end());
                    ended.add(row.id);
                }
            }
        }
        List<Long> completed = new ArrayList<>();
        for (long runId : ended) {
            settle(rows.findById(runId)).ifPresent(completed::add);
        }
        return completed;
    }

    /** Brings the counters up to date and ends the run when every partition has. */
    private Optional<Long> settle(SyncRunEntity row) {
        RunLedger ledger = reports.ledger(row.id, row.partitions);
        row.counts = StoredJson.write(ledger.counts());
        if (!(RunRowMapping.state(row) instanceof SyncRunState.Active active)) {
            return Optional.empty();
        }
        return ledger.verdict().flatMap(verdict -> {
            SyncRunState.Over over = active.settle(verdict, clock.instant());
            RunRowMapping.store(over, row, clock.instant());
            if (!(over instanceof SyncRunState.Completed)) {
                return Optional.empty();
            }
            SyncEntity sync = syncs.findById(row.syncId, LockModeType.PESSIMISTIC_WRITE);
            sync.completedBasis = row.basis;
            return Optional.of(row.syncId);
        });
    }

    private SyncRun run(SyncRunEntity row) {
        return RunRowMapping.run(row, reports.progress(List.of(row.id)).getOrDefault(row.id, RunProgress.NONE));
    }
}
