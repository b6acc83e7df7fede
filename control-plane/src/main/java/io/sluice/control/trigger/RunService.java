package io.sluice.control.trigger;

import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.connection.Announcements;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Destinations;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.Sources;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.run.StageReport;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.run.TriggerReason;
import io.sluice.control.sync.AllProperties;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncDefinition;
import io.sluice.control.sync.Syncs;
import io.sluice.control.workspace.Workspace;
import io.sluice.control.workspace.Workspaces;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.SyncBehavior;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts and stops runs. Everything that must survive a crash is written in one transaction. Thread-safe. */
public final class RunService {
    private static final System.Logger LOG = System.getLogger(RunService.class.getName());

    private final Workspaces workspaces;
    private final Sources sources;
    private final Destinations destinations;
    private final Catalog catalog;
    private final Syncs syncs;
    private final SyncRuns runs;
    private final Announcements announcements;
    private final Measures measures;
    private final Clock clock;

    /**
     * What every run is given.
     *
     * @param partitions into how many partitions its records are spread
     * @param maximumRows most rows it may read, 0 for no limit
     */
    public record Measures(int partitions, long maximumRows) {}

    public RunService(
            Workspaces workspaces,
            Sources sources,
            Destinations destinations,
            Catalog catalog,
            Syncs syncs,
            SyncRuns runs,
            Announcements announcements,
            Measures measures,
            Clock clock) {
        this.workspaces = workspaces;
        this.sources = sources;
        this.destinations = destinations;
        this.catalog = catalog;
        this.syncs = syncs;
        this.runs = runs;
        this.announcements = announcements;
        this.measures = measures;
        this.clock = clock;
    }

    /**
     * Starts a run on request.
     *
     * @param organizationId organization of the caller
     * @param consent what the caller asks for or agrees to
     * @return the run's id
     * @throws ApiException when the sync does not exist, is paused or has an active run (docs/adr/0010), when a full sync
     *     of an append is asked for (ENG-12), or when the first run of a delete sync is not confirmed (BEH-6)
     */
    public long trigger(long organizationId, long workspaceId, long syncId, SyncRuns.Consent consent) {
        Sync sync = syncs.find(workspaceId, syncId).orElseThrow(() -> ApiException.notFound("sync", syncId));
        if (consent.fullSync() && sync.definition().behavior() == SyncBehavior.APPEND) {
            throw new ApiException(
                    ErrorCode.FULL_SYNC_NOT_FOR_APPEND,
                    "Sync " + syncId + " is an append sync: what it has sent it never sends again, so it has no full"
                            + " sync. Trigger it without force_full_sync");
        }
        if (sync.definition().paused() && !consent.paused()) {
            throw new ApiException(
                    ErrorCode.SYNC_PAUSED,
                    "Sync " + syncId + " is paused: unpause it, or trigger it with ignore_paused=true");
        }
        return runId(syncId, open(organizationId, sync, TriggerReason.api(), Optional.empty(), consent));
    }

    /**
     * Finds out what a run would do, without doing it (DRY-1 to DRY-4). Nothing is sent, and other runs of the sync are
     * refused meanwhile.
     *
     * @return the run's id
     * @throws ApiException when the sync does not exist or has an active run
     */
    public long dryRun(long organizationId, long workspaceId, long syncId) {
        Sync sync = syncs.find(workspaceId, syncId).orElseThrow(() -> ApiException.notFound("sync", syncId));
        PlanBuilder plan = plan(organizationId, sync);
        Optional<Long> records = catalog.count(plan.destination(), sync.destination());
        boolean keepsRemoved = sync.definition()
                .options()
                .runs()
                .mirror()
                .filter(MirrorStrategy.UPDATES_AND_NULLS::equals)
                .isPresent();
        SyncRuns.Opening opening = runs.openDry(
                wish(sync, TriggerReason.dryRun(), Optional.empty(), SyncRuns.Consent.NONE, plan),
                records,
                keepsRemoved,
                plan);
        announcements.publish();
        return runId(syncId, opening);
    }

    private static long runId(long syncId, SyncRuns.Opening opening) {
        return switch (opening) {
            case SyncRuns.Opened opened -> opened.runId();
            case SyncRuns.Unconfirmed unconfirmed ->
                throw new ApiException(
                        ErrorCode.FIRST_DELETE_UNCONFIRMED,
                        "Sync " + syncId + " deletes records and has never run: if that is meant, trigger it with"
                                + " confirm_removals=true. A dry run tells how many there are. This trigger was recorded"
                                + " as skipped run " + unconfirmed.skippedRunId());
            case SyncRuns.Overlapped overlapped ->
                throw new ApiException(
                        ErrorCode.SYNC_ALREADY_RUNNING,
                        "Sync " + syncId + " is already running: run " + overlapped.activeRunId()
                                + " is in progress, and this trigger was recorded as skipped run "
                                + overlapped.skippedRunId());
            case SyncRuns.SyncGone gone -> throw ApiException.notFound("sync", syncId);
        };
    }

    /** Starts what the schedules say is due now (RUN-4); one that overlaps an active run is recorded as skipped. */
    public void triggerDue() {
        for (Syncs.Due due : syncs.takeDue(clock.instant())) {
            openQuietly(due, TriggerReason.scheduled(), Optional.of(due.dueAt()));
        }
    }

    /** Starts the syncs that follow one whose run has completed (RUN-11). */
    public void triggerFollowers(long completedSyncId) {
        for (Syncs.Due due : syncs.followers(completedSyncId, clock.instant())) {
            openQuietly(due, TriggerReason.sequence(completedSyncId), Optional.empty());
        }
    }

    /**
     * Stops a run; repeated calls change nothing.
     *
     * @throws ApiException when it does not exist or is over already
     */
    public void cancel(long workspaceId, long runId) {
        SyncRun run = runs.cancel(workspaceId, runId, "Canceled via API")
                .orElseThrow(() -> ApiException.notFound("sync run", runId));
        if (run.state() instanceof SyncRunState.Over over && !over.canceled()) {
            throw new ApiException(
                    ErrorCode.RUN_ALREADY_OVER, "Sync run " + runId + " is over already: it " + over.status());
        }
        announcements.publish();
    }

    private void openQuietly(Syncs.Due due, TriggerReason reason, Optional<Instant> scheduledFor) {
        Optional<Sync> sync = syncs.find(due.workspaceId(), due.syncId());
        Optional<Workspace> workspace = workspaces.byId(due.workspaceId());
        if (sync.isEmpty() || workspace.isEmpty()) {
            return;
        }
        try {
            open(workspace.get().organizationId(), sync.get(), reason, scheduledFor, SyncRuns.Consent.NONE);
        } catch (ApiException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "sync {0} was due and could not be started: {1}",
                    Long.toString(due.syncId()),
                    refused.getMessage());
        }
    }

    private SyncRuns.Opening open(
            long organizationId,
            Sync sync,
            TriggerReason reason,
            Optional<Instant> scheduledFor,
            SyncRuns.Consent consent) {
        PlanBuilder plan = plan(organizationId, sync);
        SyncRuns.Opening opening = runs.open(wish(sync, reason, scheduledFor, consent, plan), plan);
        announcements.publish();
        return opening;
    }

    private SyncRuns.Wish wish(
            Sync sync,
            TriggerReason reason,
            Optional<Instant> scheduledFor,
            SyncRuns.Consent consent,
            PlanBuilder plan) {
        return new SyncRuns.Wish(
                sync.workspaceId(), sync.id(), reason, scheduledFor, consent, plan.basis(), measures.partitions());
    }

    private PlanBuilder plan(long organizationId, Sync sync) {
        Source source = sources.find(sync.workspaceId(), sync.source().sourceId())
                .orElseThrow(() -> ApiException.notFound("source", sync.source().sourceId()));
        long destinationId = sync.destination().destinationId();
        Destination destination = destinations
                .find(sync.workspaceId(), destinationId)
                .orElseThrow(() -> ApiException.notFound("destination", destinationId));
        SourceItem.Columns columns = columns(source, sync);
        SyncDefinition definition = AllProperties.expand(
                sync.definition(), columns, sync.destination().object());
        return new PlanBuilder(
                organizationId, sync.withDefinition(definition), source, destination, columns, measures.maximumRows());
    }

    /** A sync that reads every column asks which there are (MAP-7); if nobody answers, the run itself will say why. */
    private SourceItem.Columns columns(Source source, Sync sync) {
        if (sync.definition().readsEveryColumn()) {
            try {
                return catalog.refreshColumns(source, sync.source());
            } catch (ApiException unreadable) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the columns of sync {0} could not be read again: {1}",
                        Long.toString(sync.id()),
                        unreadable.getMessage());
            }
        }
        return catalog.columns(source, sync.source(), cached -> true);
    }

    /**
     * A run.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public SyncRun get(long workspaceId, long runId) {
        return runs.find(workspaceId, runId).orElseThrow(() -> ApiException.notFound("sync run", runId));
    }

    /** Takes reports of stages and starts what follows on completed runs. */
    public void apply(List<StageReport> reports) {
        for (long completed : runs.apply(reports)) {
            triggerFollowers(completed);
        }
    }
}
