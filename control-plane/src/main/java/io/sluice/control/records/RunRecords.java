package io.sluice.control.records;

import io.sluice.control.catalog.SourceItems;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.records.Tracking.Content;
import io.sluice.control.records.Tracking.Event;
import io.sluice.control.records.Tracking.Mask;
import io.sluice.control.records.Tracking.RunAddress;
import io.sluice.control.records.Tracking.TrackedFile;
import io.sluice.control.records.Tracking.TrackedRecord;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a workspace may ask about the records of its runs (TRK-1 to TRK-10, HIS-3, HIS-9). Runs of other workspaces do not
 * exist; columns marked as personal are masked in everything. Thread-safe; calls block.
 */
public final class RunRecords {
    /** Records of a sample (HIS-3). */
    public static final int SAMPLE = 100;

    private static final int MOST_RUNS_SEARCHED = 1_000;
    private static final int ROWS_PER_RUN = 100;

    private final SyncRuns runs;
    private final Syncs syncs;
    private final SourceItems items;
    private final Tracking tracking;
    private final Function<SyncRun, OptionalLong> bucketOf;
    private final Duration linkLifetime;
    private final Clock clock;

    /**
     * Makes them.
     *
     * @param bucketOf the customer's bucket a run is tracked in; empty for the platform's storage
     * @param linkLifetime how long addresses of an export work
     */
    public RunRecords(
            SyncRuns runs,
            Syncs syncs,
            SourceItems items,
            Tracking tracking,
            Function<SyncRun, OptionalLong> bucketOf,
            Duration linkLifetime,
            Clock clock) {
        this.runs = runs;
        this.syncs = syncs;
        this.items = items;
        this.tracking = tracking;
        this.bucketOf = bucketOf;
        this.linkLifetime = linkLifetime;
        this.clock = clock;
    }

    /** Who asks: a workspace and its organization. */
    public record Asker(long workspaceId, long organizationId) {}

    /**
     * What happened to a record, newest first.
     *
     * @param events a page of it
     * @param lastSent the latest time it was sent and the destination said something
     * @param lastAccepted the latest time the destination accepted it
     * @param runs the runs of the events, by id
     * @param searched how many runs were searched
     * @param olderRuns whether there are older runs that were not searched
     */
    public record History(
            Page<Event> events,
            Optional<Event> lastSent,
            Optional<Event> lastAccepted,
            Map<Long, SyncRun> runs,
            int searched,
            boolean olderRuns) {}

    /** A run that may be asked about, and what of it must be masked. */
    private record Subject(SyncRun run, RunAddress address, Mask mask) {}

    /**
     * A page of records; of a run that works, of the batches finished so far.
     *
     * @throws ApiException 404, 410 or 503
     */
    public Page<TrackedRecord> records(Asker asker, long runId, RecordFilter filter, PageRequest page) {
        Subject subject = subject(asker, runId);
        Tracking.Records found =
                tracking.records(subject.address(), filter, subject.mask(), page.offset(), page.size());
        return new Page<>(found.list(), found.total(), page);
    }

    /**
     * How many records there are.
     *
     * @throws ApiException 404, 410 or 503
     */
    public long count(Asker asker, long runId, RecordFilter filter) {
        return tracking.count(subject(asker, runId).address(), filter);
    }

    /**
     * Up to 100 records.
     *
     * @throws ApiException 404, 410 or 503
     */
    public List<TrackedRecord> sample(Asker asker, long runId, RecordFilter filter) {
        Subject subject = subject(asker, runId);
        return tracking.records(subject.address(), filter, subject.mask(), 0, SAMPLE)
                .list();
    }

    /**
     * All records that pass, as one file.
     *
     * @throws ApiException 404, 410 or 503
     */
    public Content download(Asker asker, long runId, RecordFilter filter, String format) {
        Subject subject = subject(asker, runId);
        return tracking.download(subject.address(), filter, subject.mask(), format);
    }

    /**
     * The Parquet files of a run that is over. Where columns are masked, none has an address in the bucket: the files there
     * hold everything.
     *
     * @throws ApiException 404, 410, 503, or 425 while the run works
     */
    public List<TrackedFile> export(Asker asker, long runId) {
        Subject subject = subject(asker, runId);
        if (subject.run().state() instanceof SyncRunState.Active) {
            throw new ApiException(
                    ErrorCode.RUN_STILL_WORKING,
                    "Sync run " + runId + " is " + subject.run().state().status()
                            + ": its files can be exported when it is over");
        }
        if (subject.mask().isEmpty()) {
            return tracking.files(subject.address(), linkLifetime);
        }
        return tracking.files(subject.address(), Duration.ZERO).stream()
                .map(file -> new TrackedFile(file.name(), Optional.empty()))
                .toList();
    }

    /**
     * One file of an export.
     *
     * @throws ApiException 404, 410 or 503
     */
    public Content file(Asker asker, long runId, String name) {
        Subject subject = subject(asker, runId);
        return tracking.file(subject.address(), name, subject.mask())
                .orElseThrow(() -> ApiException.notFound("tracking file", name));
    }

    /**
     * What happened to a record in the retained runs of a sync.
     *
     * @throws ApiException 404 or 503
     */
    public History history(Asker asker, long syncId, String identifier, PageRequest page) {
        Sync sync = syncs.find(asker.workspaceId(), syncId).orElseThrow(() -> ApiException.notFound("sync", syncId));
        Map<Long, SyncRun> searched = new LinkedHashMap<>();
        boolean more = searchable(asker, syncId, searched);
        List<RunAddress> addresses =
                searched.values().stream().map(run -> address(asker, run)).toList();
        List<Event> events = tracking.history(addresses, identifier, Mask.of(sync, items), ROWS_PER_RUN);
        return new History(
                Page.of(events, page),
                events.stream()
                        .filter(event -> event.record().batchCompletedAt().isPresent())
                        .findFirst(),
                events.stream()
                        .filter(event -> event.record().status().equals("succeeded"))
                        .findFirst(),
                searched,
                searched.size(),
                more);
    }

    /** Collects the latest runs that can have rows; whether there are more than are searched at once. */
    private boolean searchable(Asker asker, long syncId, Map<Long, SyncRun> found) {
        for (int number = 1; ; number++) {
            Page<SyncRun> page =
                    runs.list(asker.workspaceId(), syncId, new PageRequest(number, PageRequest.MAXIMUM_SIZE, false));
            for (SyncRun run : page.entries()) {
                if (hasRows(run) && !isGone(run)) {
                    if (found.size() == MOST_RUNS_SEARCHED) {
                        return true;
                    }
                    found.put(run.id(), run);
                }
            }
            if (!page.hasNext()) {
                return false;
            }
        }
    }

    private static boolean hasRows(SyncRun run) {
        if (run.dry().isPresent() || run.state() instanceof SyncRunState.Skipped) {
            return false;
        }
        boolean nothingHappened = run.state() instanceof SyncRunState.Completed
                && run.counts()
                        .map(counts -> counts.recordsProcessed() + counts.invalid() == 0)
                        .orElse(false);
        return !nothingHappened;
    }

    private Subject subject(Asker asker, long runId) {
        SyncRun run = runs.find(asker.workspaceId(), runId).orElseThrow(() -> ApiException.notFound("sync run", runId));
        if (run.dry().isPresent()) {
            throw new ApiException(
                    ErrorCode.DRY_RUN_NOT_TRACKED,
                    "Sync run " + runId + " was a dry run: it sent nothing, so no records are tracked");
        }
        if (isGone(run)) {
            throw new ApiException(
                    ErrorCode.RECORDS_EXPIRED,
                    "The records of sync run " + runId + " are gone: they are kept for "
                            + RecordRetention.PLATFORM.toDays() + " days");
        }
        Sync sync = syncs.find(asker.workspaceId(), run.syncId())
                .orElseThrow(() -> ApiException.notFound("sync run", runId));
        return new Subject(run, address(asker, run), Mask.of(sync, items));
    }

    private boolean isGone(SyncRun run) {
        return RecordRetention.isOver(run.createdAt(), bucketOf.apply(run).isPresent(), clock.instant());
    }

    private RunAddress address(Asker asker, SyncRun run) {
        return new RunAddress(asker.organizationId(), run.syncId(), run.id(), bucketOf.apply(run));
    }
}
