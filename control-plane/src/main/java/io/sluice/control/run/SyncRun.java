package io.sluice.control.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a sync (RUN-19).
 *
 * @param id its id
 * @param syncId the sync
 * @param workspaceId the workspace
 * @param state where it is in its life
 * @param reason why it exists
 * @param fullSync whether every valid row is sent
 * @param fullSyncReasons why (ENG-11)
 * @param partitions how many partitions must report its end
 * @param scheduledFor when its schedule was due
 * @param progress how far the stages are
 * @param counts what ended partitions counted; empty before the first
 * @param quarantined operations that were left out because their record is in quarantine; empty before the first
 *     partition has ended
 * @param dry what a dry run is about; empty of others
 * @param tracking where its records are tracked
 * @param createdAt when it was triggered
 * @param updatedAt when something last changed
 */
public record SyncRun(
        long id,
        long syncId,
        long workspaceId,
        SyncRunState state,
        TriggerReason reason,
        boolean fullSync,
        List<FullSyncReason> fullSyncReasons,
        int partitions,
        Optional<Instant> scheduledFor,
        RunProgress progress,
        Optional<RunCounts> counts,
        Optional<Long> quarantined,
        Optional<DryRun> dry,
        Tracking tracking,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Where a run's records are tracked.
     *
     * @param bucketId the bucket; empty for the platform's own storage
     * @param delayedSince since when files wait because the bucket cannot be reached; empty when none do
     */
    public record Tracking(Optional<Long> bucketId, Optional<Instant> delayedSince) {}

    public SyncRun {
        fullSyncReasons = List.copyOf(fullSyncReasons);
    }
}
