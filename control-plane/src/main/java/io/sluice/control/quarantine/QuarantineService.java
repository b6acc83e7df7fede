package io.sluice.control.quarantine;

import io.sluice.control.catalog.SourceItems;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.quarantine.QuarantinedRecords.Entry;
import io.sluice.control.records.Tracking.Mask;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.Syncs;
import java.util.List;
import java.util.Optional;

/** What a workspace may ask and do about quarantined records. Syncs of other workspaces do not exist. Thread-safe. */
public final class QuarantineService {
    /** How many released records of a sync may wait for its next run: its plan carries them. */
    public static final int MOST_WAITING = 10_000;

    private static final String IDENTIFIERS = "identifiers";
    private static final String ALL = "all";
    private static final String MASKED = "[masked]";

    private final Syncs syncs;
    private final SourceItems items;
    private final QuarantinedRecords records;

    public QuarantineService(Syncs syncs, SourceItems items, QuarantinedRecords records) {
        this.syncs = syncs;
        this.items = items;
        this.records = records;
    }

    /**
     * A page of a sync's list. Where the identifier is personal it is masked. Where any column is, the reasons are too:
     * they may repeat values, and which ones cannot be told without the row.
     *
     * @throws ApiException when the workspace has no such sync
     */
    public Page<Entry> list(long workspaceId, long syncId, PageRequest page) {
        Mask mask = Mask.of(sync(workspaceId, syncId), items);
        return records.list(syncId, page)
                .map(entry -> new Entry(
                        mask.identifier() ? MASKED : entry.identifier(),
                        entry.operation(),
                        entry.failures(),
                        entry.lastFailedRun(),
                        entry.reason().map(reason -> mask.isEmpty() ? reason : MASKED),
                        entry.failingSince()));
    }

    /**
     * Releases records: the next run attempts them.
     *
     * @param form {@code identifiers}, or {@code all}
     * @return how many left the list
     * @throws ApiException when the workspace has no such sync, when the form makes no sense, or when too many would wait for
     *     the next run
     */
    public long release(long workspaceId, long syncId, FormReader form) {
        sync(workspaceId, syncId);
        boolean all = form.flag(ALL).orElse(false);
        List<String> identifiers = form.texts(IDENTIFIERS).stream().distinct().toList();
        if (!all && identifiers.isEmpty()) {
            form.missing(IDENTIFIERS);
        } else if (all && !identifiers.isEmpty()) {
            form.invalid(ALL, "and identifiers exclude each other: send one of them");
        }
        form.problems().throwIfAny();
        if (all) {
            return records.releaseAll(syncId);
        }
        return Optional.of(identifiers)
                .filter(some -> some.size() <= MOST_WAITING)
                .flatMap(some -> records.release(syncId, some, MOST_WAITING))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RELEASE_TOO_LARGE,
                        IDENTIFIERS,
                        "at most " + MOST_WAITING
                                + " released records of a sync can wait for its next run, and nothing was"
                                + " released: run the sync first, or release all"));
    }

    private Sync sync(long workspaceId, long syncId) {
        return syncs.find(workspaceId, syncId).orElseThrow(() -> ApiException.notFound("sync", syncId));
    }
}
