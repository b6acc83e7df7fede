package io.sluice.control.kafka;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.control.run.PartitionEnd;
import io.sluice.control.run.RunCounts;
import io.sluice.control.run.RunError;
import io.sluice.control.run.StageReport;
import java.util.Optional;

/** From the contract's run events to the core's reports. */
final class RunEventMapping {

    private RunEventMapping() {}

    /** The report of an event; empty for what the control plane has no use for. */
    static Optional<StageReport> report(RunEvent event) {
        return switch (event.getEvent()) {
            case StageProgress progress ->
                kind(progress.getStage())
                        .map(kind -> new StageReport.Progress(
                                progress.getSyncRunId(),
                                kind,
                                progress.getPartition(),
                                progress.getRecords(),
                                Optional.ofNullable(progress.getDelayed())));
            case PartitionEnded ended ->
                stage(ended.getStage()).map(stage -> new StageReport.Ended(ended.getSyncRunId(), end(ended, stage)));
            default -> Optional.empty();
        };
    }

    private static PartitionEnd end(PartitionEnded ended, PartitionEnd.Stage stage) {
        return new PartitionEnd(
                stage,
                ended.getPartition(),
                how(ended.getState()),
                counts(ended.getDiff(), ended.getLoad()),
                Optional.ofNullable(ended.getError()).map(error -> new RunError(error.getCode(), error.getMessage())),
                new PartitionEnd.Found(
                        Optional.ofNullable(ended.getHighWaterMark()),
                        ended.getStateLost(),
                        ended.getAdded(),
                        ended.getQuarantined()));
    }

    private static RunCounts counts(DiffCounts diff, LoadCounts load) {
        return new RunCounts(
                diff.getSourceRecords(),
                diff.getUnchanged(),
                diff.getPlannedUpdates(),
                diff.getPlannedDeletes(),
                diff.getInvalid(),
                load.getUpdatesSucceeded(),
                load.getUpdatesFailed(),
                load.getDeletesSucceeded(),
                load.getDeletesFailed(),
                load.getNotAttempted());
    }

    private static PartitionEnd.How how(EndState state) {
        return switch (state) {
            case COMPLETED -> PartitionEnd.How.COMPLETED;
            case FAILED -> PartitionEnd.How.FAILED;
            case CANCELED -> PartitionEnd.How.CANCELED;
        };
    }

    private static Optional<StageReport.Kind> kind(Stage stage) {
        return switch (stage) {
            case EXTRACT -> Optional.of(StageReport.Kind.EXTRACT);
            case DIFF -> Optional.of(StageReport.Kind.DIFF);
            case LOAD -> Optional.of(StageReport.Kind.LOAD);
            case TRACK -> Optional.of(StageReport.Kind.TRACK);
            case COMMIT -> Optional.empty();
        };
    }

    private static Optional<PartitionEnd.Stage> stage(Stage stage) {
        return switch (stage) {
            case DIFF -> Optional.of(PartitionEnd.Stage.DIFF);
            case TRACK -> Optional.of(PartitionEnd.Stage.TRACK);
            case COMMIT -> Optional.of(PartitionEnd.Stage.COMMIT);
            case EXTRACT, LOAD -> Optional.empty();
        };
    }
}
