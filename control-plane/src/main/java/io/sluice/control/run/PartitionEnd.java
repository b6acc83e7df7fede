package io.sluice.control.run;

import java.util.Objects;
import java.util.Optional;

/**
 * A stage has durably absorbed the end of a run in one partition.
 *
 * @param stage who reports
 * @param partition the partition
 * @param how how the run ended there
 * @param counts what was counted there
 * @param error why it failed or was stopped there
 */
public record PartitionEnd(Stage stage, int partition, How how, RunCounts counts, Optional<RunError> error) {
    public PartitionEnd {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(counts, "counts");
    }

    /** The two stages whose word ends a run: the state is moved, the files are written. */
    public enum Stage {
        DIFF,
        TRACK
    }

    /** How a run ended in a partition. */
    public enum How {
        COMPLETED,
        FAILED,
        CANCELED
    }
}
