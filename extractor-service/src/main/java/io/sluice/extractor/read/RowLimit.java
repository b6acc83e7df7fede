package io.sluice.extractor.read;

import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import java.util.Optional;

/** Stops a read that gives more rows than a run may have (SRC-26). Used by one thread. */
final class RowLimit implements RecordSink {
    private final RecordSink rows;
    private final long most;
    private long taken;

    private RowLimit(RecordSink rows, long most) {
        this.rows = rows;
        this.most = most;
    }

    static RowLimit of(RunPlan plan, RecordSink rows) {
        return new RowLimit(rows, plan.getMaximumRows() == null ? Long.MAX_VALUE : plan.getMaximumRows());
    }

    @Override
    public boolean accept(SourceRow row) {
        taken++;
        return taken <= most && rows.accept(row);
    }

    /** Why the run fails, if there were too many. */
    Optional<StageError> failure() {
        return taken <= most ? Optional.empty() : Optional.of(tooLarge(most));
    }

    static StageError tooLarge(long most) {
        return new StageError(
                "SOURCE_TOO_LARGE",
                "The source has more than the " + most + " rows that one run may read. Nothing was removed. Sync a"
                        + " model that selects fewer rows, or raise sluice.control.maximum-rows-per-run.");
    }
}
