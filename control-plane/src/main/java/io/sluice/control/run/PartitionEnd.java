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
 * @param found what the differ found out besides; {@link Found#NOTHING} of the other stage
 */
public record PartitionEnd(
        Stage stage, int partition, How how, RunCounts counts, Optional<RunError> error, Found found) {

    /**
     * What the differ found out besides the counts.
     *
     * @param highWaterMark the source's maximum of the growing column (BEH-20)
     * @param stateLost whether the state this run builds on was not there (ENG-10)
     * @param added operations for records that were not synced before
     * @param quarantined operations that were left out because their record is in quarantine
     */
    public record Found(Optional<String> highWaterMark, boolean stateLost, long added, long quarantined) {
        /** Nothing. */
        public static final Found NOTHING = new Found(Optional.empty(), false, 0, 0);
    }

    /** An end with nothing found besides. */
    public PartitionEnd(Stage stage, int partition, How how, RunCounts counts, Optional<RunError> error) {
        this(stage, partition, how, counts, error, Found.NOTHING);
    }

    public PartitionEnd {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(counts, "counts");
    }

    /** The stages whose word ends a run. */
    public enum Stage {
        /** The differ's state is moved. */
        DIFF,
        /** The tracking files are written. */
        TRACK,
        /** The state in the source is moved; only runs of state mode {@code WAREHOUSE} have this stage. */
        COMMIT
    }

    /** How a run ended in a partition. */
    public enum How {
        COMPLETED,
        FAILED,
        CANCELED
    }
}
