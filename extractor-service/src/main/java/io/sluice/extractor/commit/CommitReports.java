package io.sluice.extractor.commit;

import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.StageError;

/** Tells the control plane how the state of a run stands in one partition; only the first word counts. */
public interface CommitReports {

    /** Everything the destination accepted in this partition is in the state. */
    void committed(int partition, LoadEnded ended);

    /** The state could not be moved: the run fails, and the next one has to make up for it. */
    void gaveUp(int partition, long syncRunId, EndState state, StageError error);
}
