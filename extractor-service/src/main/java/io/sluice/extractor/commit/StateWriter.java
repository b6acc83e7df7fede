package io.sluice.extractor.commit;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.LogPosition;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import java.util.List;
import java.util.Optional;

/** Moves the state of a run's sync in its source, trying as long as it is worth it. */
@FunctionalInterface
public interface StateWriter {

    /** Applies changes durably; the error of the source when it could not. */
    Optional<StageError> apply(RunPlan plan, LogPosition position, List<AcceptedChange> changes);
}
