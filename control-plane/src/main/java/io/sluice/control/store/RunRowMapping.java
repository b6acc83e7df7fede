package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.run.DryRun;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.RunBasis;
import io.sluice.control.run.RunCounts;
import io.sluice.control.run.RunError;
import io.sluice.control.run.RunProgress;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import io.sluice.control.run.TriggerReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of {@code sync_run} to runs and back. */
final class RunRowMapping {
    private static final TypeReference<List<FullSyncReason>> REASONS = new TypeReference<>() {};

    private RunRowMapping() {}

    static SyncRun run(SyncRunEntity row, RunProgress progress) {
        return new SyncRun(
                row.id,
                row.syncId,
                row.workspaceId,
                state(row),
                new TriggerReason(row.triggerTag, row.triggerDetail),
                row.fullSync,
                reasons(row),
                row.partitions,
                Optional.ofNullable(row.scheduledFor),
                progress,
                Optional.ofNullable(row.counts).map(json -> StoredJson.read(json, RunCounts.class)),
                Optional.ofNullable(row.quarantinedRecords),
                row.dryRun
                        ? Optional.of(new DryRun(
                                StoredJson.read(row.basis, RunBasis.class).behavior(),
                                row.keepsRemoved,
                                Optional.ofNullable(row.destinationRecords),
                                row.addedRecords == null ? 0 : row.addedRecords))
                        : Optional.empty(),
                new SyncRun.Tracking(Optional.ofNullable(row.bucketId), Optional.ofNullable(row.trackingDelayedSince)),
                row.createdAt,
                row.updatedAt);
    }

    static List<FullSyncReason> reasons(SyncRunEntity row) {
        return StoredJson.read(row.fullSyncReasons, REASONS);
    }

    static SyncRunState state(SyncRunEntity row) {
        Optional<Instant> startedAt = Optional.ofNullable(row.startedAt);
        return switch (row.state) {
            case "queued" -> new SyncRunState.Queued();
            case "working" -> new SyncRunState.Working(startedAt.orElse(row.createdAt));
            case "canceling" -> new SyncRunState.Canceling(startedAt, row.cancelReason);
            case "completed" -> new SyncRunState.Completed(startedAt, row.completedAt);
            case "failed" -> new SyncRunState.Failed(startedAt, row.completedAt, error(row), row.canceled);
            case "skipped" -> new SyncRunState.Skipped(row.completedAt, error(row));
            default -> throw new IllegalStateException("stored run state " + row.state);
        };
    }

    static void store(SyncRunState state, SyncRunEntity row, Instant now) {
        row.state = word(state);
        row.canceled = state.canceled();
        row.startedAt = state.startedAt().orElse(null);
        row.updatedAt = now;
        switch (state) {
            case SyncRunState.Canceling canceling -> row.cancelReason = canceling.reason();
            case SyncRunState.Failed failed -> over(row, failed.completedAt(), Optional.of(failed.error()));
            case SyncRunState.Skipped skipped -> over(row, skipped.completedAt(), Optional.of(skipped.error()));
            case SyncRunState.Completed completed -> over(row, completed.completedAt(), Optional.empty());
            case SyncRunState.Queued queued -> row.completedAt = null;
            case SyncRunState.Working working -> row.completedAt = null;
        }
    }

    private static String word(SyncRunState state) {
        return state instanceof SyncRunState.Canceling ? "canceling" : state.status();
    }

    private static void over(SyncRunEntity row, Instant at, Optional<RunError> error) {
        row.completedAt = at;
        row.errorCode = error.map(RunError::code).orElse(null);
        row.errorMessage = error.map(RunError::message).orElse(null);
    }

    private static RunError error(SyncRunEntity row) {
        return row.errorCode == null
                ? new RunError(ErrorCode.RUN_FAILED.name(), ErrorCode.RUN_FAILED.remedy())
                : new RunError(row.errorCode, row.errorMessage);
    }
}
