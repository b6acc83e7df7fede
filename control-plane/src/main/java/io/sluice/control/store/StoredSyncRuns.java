package io.sluice.control.store;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.run.FullSync;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.RunBasis;
import io.sluice.control.run.RunError;
import io.sluice.control.run.RunLedger;
import io.sluice.control.run.RunProgress;
import io.sluice.control.run.StageReport;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import io.sluice.control.run.SyncRuns;
import io.sluice.operation.SyncBehavior;
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
import java.util.function.Consumer;

/** Runs in PostgreSQL. Whoever changes a run holds its row; whoever creates one holds the sync's row. */
@ApplicationScoped
public class StoredSyncRuns implements SyncRuns {
    private static final String ACTIVE = "syncId = ?1 and state in ('queued', 'working', 'canceling')";

    private final SyncRunRows rows;
    private final SyncRows syncs;
    private final RunReports reports;
    private final BucketRows buckets;
    private final StoredQuarantine quarantine;
    private final Outbox outbox;
    private final Clock clock;

    public StoredSyncRuns(
            SyncRunRows rows,
            SyncRows syncs,
            RunReports reports,
            BucketRows buckets,
            StoredQuarantine quarantine,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.syncs = syncs;
        this.reports = reports;
        this.buckets = buckets;
        this.quarantine = quarantine;
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
        Optional<SyncRunEntity> active = active(sync);
        if (active.isPresent()) {
            return skipped(wish, active.get(), now);
        }
        boolean deletes = wish.basis().behavior().equals(SyncBehavior.DELETE.wireName());
        if (deletes && sync.completedBasis == null && !wish.consent().removals()) {
            RunError why = new RunError(
                    ErrorCode.FIRST_DELETE_UNCONFIRMED.name(),
                    "Skipped: the first run of a delete sync must be confirmed. "
                            + ErrorCode.FIRST_DELETE_UNCONFIRMED.remedy());
            return new Unconfirmed(persist(wish, new SyncRunState.Skipped(now, why), now).id);
        }
        return start(wish, sync, planner, row -> {});
    }

    @Override
    @Transactional
    public Opening openDry(Wish wish, Optional<Long> destinationRecords, boolean keepsRemoved, Planner planner) {
        SyncEntity sync = syncs.findById(wish.syncId(), LockModeType.PESSIMISTIC_WRITE);
        if (sync == null || sync.workspaceId != wish.workspaceId()) {
            return new SyncGone();
        }
        Optional<SyncRunEntity> active = active(sync);
        if (active.isPresent()) {
            return skipped(wish, active.get(), clock.instant());
        }
        return start(wish, sync, planner, row -> {
            row.dryRun = true;
            row.keepsRemoved = keepsRemoved;
            row.destinationRecords = destinationRecords.orElse(null);
        });
    }

    private Optional<SyncRunEntity> active(SyncEntity sync) {
        return rows.find(ACTIVE, sync.id).firstResultOptional();
    }

    private Opened start(Wish wish, SyncEntity sync, Planner planner, Consumer<SyncRunEntity> kind) {
        Instant now = clock.instant();
        Optional<SyncRunEntity> before = rows.find(
                        "syncId = ?1 and state in ('completed', 'failed') and not dryRun order by id desc", sync.id)
                .firstResultOptional();
        FullSync fullSync = FullSync.decide(
                wish.basis(),
                Optional.ofNullable(sync.completedBasis).map(json -> StoredJson.read(json, RunBasis.class)),
                before.map(StoredSyncRuns::attempt),
                wish.consent().fullSync());
        SyncRunEntity row = row(wish, new SyncRunState.Queued(), now);
        row.fullSync = fullSync.wanted();
        row.fullSyncReasons = StoredJson.write(fullSync.reasons());
        row.fullSyncSince = fullSync.since().orElse(null);
        kind.accept(row);
        row.bucketId = row.dryRun ? null : buckets.ofNewRuns(row.workspaceId).orElse(null);
        rows.persist(row);
        Optional<HighWaterMark> mark = sync.highWaterMark == null
                ? Optional.empty()
                : Optional.of(new HighWaterMark(sync.highWaterMarkColumn, sync.highWaterMark));
        outbox.start(planner.plan(new Birth(
                row.id,
                fullSync,
                latestCompleted(sync.id),
                mark,
                wish.consent().removals(),
                row.dryRun,
                now,
                Optional.ofNullable(row.bucketId),
                reports.unsavedSince(sync.id),
                quarantine.carriedBy(row.id, sync.id))));
        return new Opened(row.id);
    }

    private Optional<Long> latestCompleted(long syncId) {
        return rows.find("syncId = ?1 and state = 'completed' and not dryRun order by id desc", syncId)
                .firstResultOptional()
                .map(run -> run.id);
    }

    private static FullSync.Attempt attempt(SyncRunEntity row) {
        return new FullSync.Attempt(
                row.id,
                StoredJson.read(row.basis, RunBasis.class),
                row.state.equals("completed"),
                RunRowMapping.reasons(row),
                Optional.ofNullable(row.fullSyncSince));
    }

    private Overlapped skipped(Wish wish, SyncRunEntity active, Instant now) {
        RunError why = new RunError(
                ErrorCode.SYNC_ALREADY_RUNNING.name(), "Skipped: run " + active.id + " of this sync was in progress");
        SyncRunEntity row = persist(wish, new SyncRunState.Skipped(now, why), now);
        return new Overlapped(active.id, row.id);
    }

    private SyncRunEntity persist(Wish wish, SyncRunState state, Instant now) {
        SyncRunEntity row = row(wish, state, now);
        rows.persist(row);
        return row;
    }

    private static SyncRunEntity row(Wish wish, SyncRunState state, Instant now) {
        SyncRunEntity row = new SyncRunEntity();
        row.syncId = wish.syncId();
        row.workspaceId = wish.workspaceId();
        row.triggerTag = wish.reason().tag();
        row.triggerDetail = wish.reason().detail();
        row.scheduledFor = wish.scheduledFor().orElse(null);
        row.partitions = wish.partitions();
        row.basis = StoredJson.write(wish.basis());
        row.fullSyncReasons = StoredJson.write(List.of());
        row.createdAt = now;
        RunRowMapping.store(state, row, now);
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
            if (row != null && report instanceof StageReport.Progress progress) {
                progress.delayed().ifPresent(delayed -> delay(row, delayed));
            }
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

    /** Also of a run that is over: its last files may wait for its bucket longer than the run lasts. */
    private void delay(SyncRunEntity row, boolean delayed) {
        if (!delayed) {
            row.trackingDelayedSince = null;
        } else if (row.trackingDelayedSince == null) {
            row.trackingDelayedSince = clock.instant();
        }
    }

    /** Brings the counters up to date and ends the run when every partition has. */
    private Optional<Long> settle(SyncRunEntity row) {
        RunBasis basis = StoredJson.read(row.basis, RunBasis.class);
        RunLedger ledger = reports.ledger(row.id, row.partitions, basis.stages(row.dryRun));
        row.counts = StoredJson.write(ledger.counts());
        row.addedRecords = ledger.added();
        row.quarantinedRecords = ledger.quarantined();
        if (ledger.stateLost()) {
            noteLostState(row);
            quarantine.lostBefore(row.id, row.syncId);
        }
        if (!(RunRowMapping.state(row) instanceof SyncRunState.Active active)) {
            return Optional.empty();
        }
        return ledger.verdict().flatMap(verdict -> {
            SyncRunState.Over over = active.settle(verdict, clock.instant());
            RunRowMapping.store(over, row, clock.instant());
            quarantine.heardIn(row.id, row.syncId);
            if (!(over instanceof SyncRunState.Completed) || row.dryRun) {
                return Optional.empty();
            }
            SyncEntity sync = syncs.findById(row.syncId, LockModeType.PESSIMISTIC_WRITE);
            sync.completedBasis = row.basis;
            keepMark(sync, row, ledger);
            return Optional.of(row.syncId);
        });
    }

    private static void noteLostState(SyncRunEntity row) {
        List<FullSyncReason> reasons = new ArrayList<>(RunRowMapping.reasons(row));
        if (!reasons.contains(FullSyncReason.STATE_LOST)) {
            reasons.add(FullSyncReason.STATE_LOST);
            row.fullSync = true;
            row.fullSyncReasons = StoredJson.write(reasons);
        }
    }

    /**
     * Records that were not accepted, or not even attempted, are read again: then the mark stays, and what was accepted is
     * known (RTY-2).
     */
    private static void keepMark(SyncEntity sync, SyncRunEntity row, RunLedger ledger) {
        String column = StoredJson.read(row.basis, RunBasis.class).highWaterMarkColumn();
        if (column == null) {
            sync.highWaterMark = null;
            sync.highWaterMarkColumn = null;
        } else if (ledger.counts().recordsFailed() == 0
                && ledger.quarantined() == 0
                && ledger.highWaterMark().isPresent()) {
            sync.highWaterMarkColumn = column;
            sync.highWaterMark = ledger.highWaterMark().get();
        }
    }

    private SyncRun run(SyncRunEntity row) {
        return RunRowMapping.run(row, reports.progress(List.of(row.id)).getOrDefault(row.id, RunProgress.NONE));
    }
}
