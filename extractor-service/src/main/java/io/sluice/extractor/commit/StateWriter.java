package io.sluice.extractor.commit;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.SyncLog;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import java.util.List;
import java.util.Optional;

/** Moves the state of a run's sync in its source, trying as long as it is worth it. */
@FunctionalInterface
public interface StateWriter {

    /**
     * Applies changes durably, and logs what became of the operations in the same transaction (WWB-2); the error of the source
     * when it could not.
     *
     * @param log the lines; empty for a run that its source does not log
     */
    Optional<StageError> apply(RunPlan plan, LogPosition position, List<AcceptedChange> changes, Optional<SyncLog> log);
}
