package io.sluice.control.run;

import java.util.Optional;

/** What a stage says about a run. */
public sealed interface StageReport {

    /** The run. */
    long runId();

    /**
     * How far a stage is in one partition (-1 for all of them): a total, never a difference.
     *
     * @param delayed whether tracking files of the run wait for its bucket; empty when this report does not say
     */
    record Progress(long runId, Kind stage, int partition, long records, Optional<Boolean> delayed)
            implements StageReport {}

    /** A run has ended in one partition. */
    record Ended(long runId, PartitionEnd end) implements StageReport {}

    /** The stages of a run. */
    enum Kind {
        EXTRACT,
        DIFF,
        LOAD,
        TRACK
    }
}
