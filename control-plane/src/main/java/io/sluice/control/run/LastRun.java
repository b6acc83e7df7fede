package io.sluice.control.run;

import java.time.Instant;

/**
 * The latest run of a sync, and how the latest one that is over ended.
 *
 * @param id the latest run
 * @param startedAt when it was created
 * @param outcome how the latest finished run ended
 */
public record LastRun(long id, Instant startedAt, Outcome outcome) {

    /** How the latest finished run ended. */
    public enum Outcome {
        NONE_YET,
        COMPLETED,
        FAILED
    }
}
