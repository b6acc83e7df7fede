package io.sluice.loader.position;

import io.sluice.contract.StageError;
import io.sluice.loader.outcome.LoadTally;
import java.util.Objects;
import java.util.Optional;

/**
 * A run whose bracket is open in a partition.
 *
 * @param syncRunId the sync run
 * @param syncId the sync it belongs to
 * @param tally what was counted so far
 * @param failure why nothing more of it is sent, or empty when it goes on
 */
public record OpenRun(long syncRunId, long syncId, LoadTally tally, Optional<StageError> failure) {
    public OpenRun {
        Objects.requireNonNull(tally, "tally");
        Objects.requireNonNull(failure, "failure");
    }
}
