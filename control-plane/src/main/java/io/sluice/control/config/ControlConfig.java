package io.sluice.control.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the control plane works. */
@ConfigMapping(prefix = "sluice.control")
public interface ControlConfig {

    /** Longest wait for a source or destination to answer a connection test or to list its objects or columns. */
    @WithDefault("30s")
    Duration connectorTimeout();

    /**
     * How often unsent messages to the workers are looked for. Messages are normally sent the moment their transaction is
     * committed; this bounds the delay after a crash or a Kafka outage.
     */
    @WithDefault("1s")
    Duration outboxInterval();

    /** Longest wait for a bucket to be written, read, listed and emptied in a test. */
    @WithDefault("60s")
    Duration bucketTimeout();

    /** How often the fact tables are written without being asked (FCT-2). */
    @WithDefault("6h")
    Duration factsInterval();

    /**
     * Most rows one run may read (SRC-26). A run whose source holds more fails and removes nothing; what was sent until then
     * counts. 0 for no limit.
     */
    @WithDefault("150000000")
    long maximumRowsPerRun();
}
