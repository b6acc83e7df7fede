package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.run.DryRun;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.RunCounts;
import io.sluice.control.run.RunError;
import io.sluice.control.run.RunProgress;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sync run as the API shows it (census-api 3.2). No key is ever absent but {@code current_step}, when the run is over. */
@Schema(name = "SyncRun")
record RunView(
        long id,
        @JsonProperty("sync_id") long syncId,
        @Schema(description = "queued, working, completed, failed or skipped") String status,
        @Schema(description = "A cancelled run has status failed and this set") boolean canceled,
        @JsonProperty("full_sync") boolean fullSync,
        @JsonProperty("full_sync_reasons") List<FullSyncReason> fullSyncReasons,
        @JsonProperty("source_record_count") Long sourceRecordCount,
        @JsonProperty("source_record_updates") Long sourceRecordUpdates,
        @JsonProperty("source_record_deletes") Long sourceRecordDeletes,
        @JsonProperty("source_record_invalids") Long sourceRecordInvalids,
        @JsonProperty("records_processed") Long recordsProcessed,
        @JsonProperty("records_updated") Long recordsUpdated,
        @JsonProperty("records_succeeded") Long recordsSucceeded,
        @JsonProperty("records_failed") Long recordsFailed,
        @JsonProperty("records_invalid") Long recordsInvalid,
        @Schema(description = "Not attempted, because the destination rejected them too often; no part of the others")
                @JsonProperty("records_quarantined")
                Long recordsQuarantined,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("started_at") String startedAt,
        @JsonProperty("updated_at") String updatedAt,
        @JsonProperty("completed_at") String completedAt,
        @JsonProperty("scheduled_execution_time") String scheduledExecutionTime,
        @JsonProperty("error_code") String errorCode,
        @JsonProperty("error_message") String errorMessage,
        @JsonProperty("error_detail") String errorDetail,
        @JsonProperty("sync_trigger_reason") Reason syncTriggerReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("current_step") String currentStep,
        @Schema(description = "How far each stage is, in rows") Progress progress,
        @Schema(description = "Bucket its records are tracked in; null for the platform's own storage")
                @JsonProperty("bucket_id")
                Long bucketId,
        @Schema(description = "current, or delayed while files wait because the bucket cannot be reached")
                @JsonProperty("tracking_state")
                String trackingState,
        @JsonProperty("tracking_delayed_since") String trackingDelayedSince,
        @Schema(description = "What a run would do; null of runs that are not dry or not completed")
                @JsonProperty("dry_run")
                DryRunReport dryRun) {

    /** What a run would do (DRY-2). */
    @Schema(
            name = "DryRunReport",
            description =
                    "source_records, changed and invalid are counted. Creates, updates and deletes are inferred from"
                            + " what was synced before: a record that was never synced is taken for absent.")
    record DryRunReport(
            @JsonProperty("source_records") long sourceRecords,
            long changed,
            long invalid,
            @Schema(description = "Null where the destination cannot be counted") @JsonProperty("destination_before")
                    Long destinationBefore,
            @JsonProperty("destination_after") Long destinationAfter,
            long creates,
            long updates,
            long deletes,
            @Schema(description = "The keys that are inferred, not counted") List<String> estimated) {

        static DryRunReport of(SyncRun run) {
            if (!(run.state() instanceof SyncRunState.Completed)
                    || run.dry().isEmpty()
                    || run.counts().isEmpty()) {
                return null;
            }
            RunCounts counts = run.counts().get();
            DryRun.Estimate estimate = run.dry().get().estimate(counts);
            return new DryRunReport(
                    counts.sourceRecords(),
                    counts.plannedUpdates() + counts.plannedDeletes(),
                    counts.invalid(),
                    run.dry().get().destinationRecords().orElse(null),
                    estimate.after().orElse(null),
                    estimate.creates(),
                    estimate.updates(),
                    estimate.deletes(),
                    List.of("destination_after", "creates", "updates", "deletes"));
        }
    }

    /** Why the run exists. */
    @Schema(name = "TriggerReason")
    record Reason(@JsonProperty("ui_tag") String tag, @JsonProperty("ui_detail") String detail) {}

    /** Rows each stage has dealt with. */
    @Schema(name = "RunProgress")
    record Progress(long extracted, long compared, long loaded, long tracked) {}

    static RunView of(SyncRun run) {
        Optional<RunCounts> counts = run.state() instanceof SyncRunState.Over ? run.counts() : Optional.empty();
        Live live = Live.of(run);
        Optional<RunError> error = error(run.state());
        return new RunView(
                run.id(),
                run.syncId(),
                run.state().status(),
                run.state().canceled(),
                run.fullSync(),
                run.fullSyncReasons(),
                counts.map(RunCounts::sourceRecords).orElse(live.sourceRecords()),
                counts.map(RunCounts::sourceRecordUpdates).orElse(null),
                counts.map(RunCounts::sourceRecordDeletes).orElse(null),
                counts.map(RunCounts::invalid).orElse(null),
                counts.map(RunCounts::recordsProcessed).orElse(live.processed()),
                counts.map(RunCounts::recordsUpdated).orElse(null),
                counts.map(RunCounts::recordsUpdated).orElse(null),
                counts.map(RunCounts::recordsFailed).orElse(null),
                counts.map(RunCounts::invalid).orElse(null),
                counts.map(known -> run.quarantined().orElse(0L)).orElse(null),
                Timestamps.text(run.createdAt()),
                Timestamps.text(run.state().startedAt()),
                Timestamps.text(run.updatedAt()),
                Timestamps.text(completedAt(run.state())),
                Timestamps.text(run.scheduledFor()),
                error.map(RunError::code).orElse(null),
                error.map(RunError::message).orElse(null),
                null,
                new Reason(run.reason().tag(), run.reason().detail()),
                live.step(),
                progress(run.progress()),
                run.tracking().bucketId().orElse(null),
                run.tracking().delayedSince().isPresent() ? "delayed" : "current",
                Timestamps.text(run.tracking().delayedSince()),
                DryRunReport.of(run));
    }

    /** What can be said of a run that is not over: only totals that are whole and never fall. */
    private record Live(Long sourceRecords, Long processed, String step) {
        static Live of(SyncRun run) {
            if (run.state() instanceof SyncRunState.Over) {
                return new Live(null, null, null);
            }
            RunProgress progress = run.progress();
            return new Live(
                    progress.extracted() > 0 ? progress.extracted() : null,
                    progress.loaded() > 0 ? progress.loaded() : null,
                    progress.step(run.counts().isPresent()));
        }
    }

    private static Progress progress(RunProgress progress) {
        return new Progress(progress.extracted(), progress.compared(), progress.loaded(), progress.tracked());
    }

    private static Optional<Instant> completedAt(SyncRunState state) {
        return state instanceof SyncRunState.Over over ? Optional.of(over.completedAt()) : Optional.empty();
    }

    private static Optional<RunError> error(SyncRunState state) {
        return switch (state) {
            case SyncRunState.Failed failed -> Optional.of(failed.error());
            case SyncRunState.Skipped skipped -> Optional.of(skipped.error());
            case SyncRunState.Completed completed -> Optional.empty();
            case SyncRunState.Active active -> Optional.empty();
        };
    }
}
