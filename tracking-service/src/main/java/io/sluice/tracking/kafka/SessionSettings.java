package io.sluice.tracking.kafka;

import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.ledger.CutPolicy;
import java.time.Clock;
import java.time.Duration;

/** What a session does when. */
record SessionSettings(
        CutPolicy cutPolicy, int checkpointLength, Duration planPatience, Duration longestRetryPause, Clock clock) {

    static SessionSettings of(TrackingConfig config, Clock clock) {
        return new SessionSettings(
                new CutPolicy(config.rowsPerFile(), config.bytesPerFile(), CutPolicy.RUNS_PER_CUT, config.maxDelay()),
                config.checkpointLength(),
                config.planPatience(),
                config.longestRetryPause(),
                clock);
    }
}
