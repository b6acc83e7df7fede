package io.sluice.tracking.partition;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;

/** Run ends for tests. */
public final class Ends {

    private Ends() {}

    public static LoadEnded of(long run) {
        return new LoadEnded(
                run, EndState.COMPLETED, new DiffCounts(10L, 2L, 5L, 1L, 2L), new LoadCounts(4L, 1L, 1L, 0L, 0L), null);
    }
}
