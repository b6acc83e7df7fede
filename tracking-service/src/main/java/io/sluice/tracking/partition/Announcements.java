package io.sluice.tracking.partition;

import io.sluice.contract.LoadEnded;
import io.sluice.tracking.ledger.RunProgress;
import java.util.List;

/** Port to the run-events topic. */
public interface Announcements {

    /**
     * Tells how far the runs are and which are over in this partition; returns when the broker has it all. May say a thing
     * twice: totals and ends do not add up.
     *
     * @throws RuntimeException when something was not sent; the caller calls again
     */
    void announce(List<RunProgress> progress, List<LoadEnded> ended);
}
