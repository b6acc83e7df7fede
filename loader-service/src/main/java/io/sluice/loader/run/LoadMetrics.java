package io.sluice.loader.run;

import io.sluice.contract.OutcomeStatus;
import io.sluice.loader.dispatch.CallMetrics;

/** Told what a lane does. Thread-safe. */
public interface LoadMetrics extends CallMetrics {

    /** Operations got their final word. */
    void answered(OutcomeStatus status, int operations);

    /** Operations were left for the next run. */
    void notAttempted(int operations);
}
