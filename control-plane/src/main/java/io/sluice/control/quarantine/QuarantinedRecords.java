package io.sluice.control.quarantine;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the list of quarantined records is kept. Every method is one transaction. */
public interface QuarantinedRecords {

    /**
     * One record.
     *
     * @param identifier its primary identifier
     * @param operation what the destination rejects, for example {@code upsert}
     * @param failures in how many runs in a row
     * @param lastFailedRun the latest of them
     * @param reason what the destination said then
     * @param failingSince when it rejected the record for the first time
     */
    record Entry(
            String identifier,
            String operation,
            int failures,
            long lastFailedRun,
            Optional<String> reason,
            Instant failingSince) {}

    /**
     * News of the differ.
     *
     * @param entry the record as it is now; empty when it is in quarantine no longer
     */
    record Change(long syncId, String identifier, Optional<Entry> entry) {}

    /** The quarantined records of a sync, by the time they were listed. */
    Page<Entry> list(long syncId, PageRequest page);

    /**
     * Takes records off the list and has the next run's plan say so. Those that are not on it are passed over.
     *
     * @param mostWaiting how many released records of a sync may wait for its next run
     * @return how many were released; empty, and nothing is, when too many would wait
     */
    Optional<Long> release(long syncId, List<String> identifiers, int mostWaiting);

    /**
     * Releases every record, also those that are on the list only of the differ yet.
     *
     * @return how many were listed
     */
    long releaseAll(long syncId);

    /** Takes news, in order; repeated ones change nothing, nor do those that a release has overtaken. */
    void apply(List<Change> changes);
}
