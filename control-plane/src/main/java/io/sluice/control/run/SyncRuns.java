package io.sluice.control.run;

import io.sluice.contract.RunPlan;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
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
     * @param forced whether a full sync was asked for
     * @param partitions how many partitions must report its end
     */
    record Wish(
            long workspaceId,
            long syncId,
            TriggerReason reason,
            Optional<Instant> scheduledFor,
            boolean forced,
            RunBasis basis,
            int partitions) {}

    /** Makes the plan of a run that has just got its id. */
    @FunctionalInterface
    interface Planner {
        RunPlan plan(long runId, List<FullSyncReason> fullSyncReasons, Instant createdAt);
    }

    /** What became of a wish. */
    sealed interface Opening {}

    /** A run was created and will be announced to the workers. */
    record Opened(long runId) implements Opening {}

    /** An earlier run is active; the wish was recorded as skipped (RUN-15). */
    record Overlapped(long activeRunId, long skippedRunId) implements Opening {}

    /** The sync is gone. */
    record SyncGone() implements Opening {}

    /** Creates a run, unless one of the sync is active. */
    Opening open(Wish wish, Planner planner);

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
