package io.sluice.control.run;

import io.sluice.contract.RunPlan;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.support.quarantine.ReleasedRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where runs are kept. Every method is one transaction; what the workers must hear is written in the same transaction.
 * Ids of another workspace do not exist.
 */
public interface SyncRuns {

    /**
     * A run that is wanted.
     *
     * @param consent what the caller agreed to
     * @param partitions how many partitions must report its end
     */
    record Wish(
            long workspaceId,
            long syncId,
            TriggerReason reason,
            Optional<Instant> scheduledFor,
            Consent consent,
            RunBasis basis,
            int partitions) {}

    /**
     * What the caller of a trigger asked for or agreed to.
     *
     * @param fullSync resend every valid row
     * @param paused run although the sync is paused (RUN-17)
     * @param removals remove however much there is to remove, and do the first run of a delete sync (BEH-6)
     */
    record Consent(boolean fullSync, boolean paused, boolean removals) {
        /** Nothing special. */
        public static final Consent NONE = new Consent(false, false, false);
    }

    /**
     * What is known about a run that has just got its id.
     *
     * @param runId its id
     * @param fullSync whether and why it resends everything
     * @param latestRun the latest run that completed and was not dry: the state must know of it
     * @param highWaterMark how far an append had read (BEH-20)
     * @param confirmedRemovals whether the mass-removal guard is off for this run
     * @param dry whether it only counts
     * @param createdAt when it was created
     * @param bucketId the bucket it is tracked in; empty for the platform's own storage (TRK-11)
     * @param unsavedSince since when outcomes of earlier runs wait to be saved in the source (AC-22)
     * @param releases records that were released from quarantine
     */
    record Birth(
            long runId,
            FullSync fullSync,
            Optional<Long> latestRun,
            Optional<HighWaterMark> highWaterMark,
            boolean confirmedRemovals,
            boolean dry,
            Instant createdAt,
            Optional<Long> bucketId,
            Optional<Instant> unsavedSince,
            List<Release> releases) {}

    /**
     * Records that were released from quarantine.
     *
     * @param firstRun the first run that carries the release
     * @param records which ones
     */
    record Release(long firstRun, ReleasedRecords records) {}

    /**
     * How far an append had read when its last run completed.
     *
     * @param column the growing column
     * @param value its maximum then, as the source's text
     */
    record HighWaterMark(String column, String value) {}

    /** Makes the plan of a run that has just got its id. */
    @FunctionalInterface
    interface Planner {
        RunPlan plan(Birth birth);
    }

    /** What became of a wish. */
    sealed interface Opening {}

    /** A run was created and will be announced to the workers. */
    record Opened(long runId) implements Opening {}

    /** An earlier run is active; the wish was recorded as skipped (RUN-15). */
    record Overlapped(long activeRunId, long skippedRunId) implements Opening {}

    /** The first run of a delete sync needs consent; the wish was recorded as skipped (BEH-6). */
    record Unconfirmed(long skippedRunId) implements Opening {}

    /** The sync is gone. */
    record SyncGone() implements Opening {}

    /** Creates a run, unless one of the sync is active or consent is missing. */
    Opening open(Wish wish, Planner planner);

    /**
     * Creates a dry run, unless a run of the sync is active.
     *
     * @param destinationRecords how many records the destination object holds, if it can be counted
     * @param keepsRemoved whether removed records stay in the destination, with nulls
     */
    Opening openDry(Wish wish, Optional<Long> destinationRecords, boolean keepsRemoved, Planner planner);

    /** A run. */
    Optional<SyncRun> find(long workspaceId, long runId);

    /** The runs of a sync. */
    Page<SyncRun> list(long workspaceId, long syncId, PageRequest page);

    /**
     * Asks for a run to be stopped.
     *
     * @return the run as it is now; empty when it does not exist; a run that was over already is unchanged
     */
    Optional<SyncRun> cancel(long workspaceId, long runId, String reason);

    /**
     * Takes reports of stages, in order; repeated ones change nothing.
     *
     * @return syncs whose run has just completed
     */
    List<Long> apply(List<StageReport> reports);
}
