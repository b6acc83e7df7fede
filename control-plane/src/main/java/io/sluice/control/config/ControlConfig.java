package io.sluice.control.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
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

    /**
     * Where the tracking service answers questions about the records of runs; with several replicas the address of any or
     * of all. It is called with a key derived from {@code sluice.secret.key}.
     */
    @WithDefault("http://127.0.0.1:8084")
    URI trackingUrl();

    /** Longest wait for the tracking service to begin its answer. */
    @WithDefault("30s")
    Duration trackingTimeout();

    /** How long the addresses of an export of records work. */
    @WithDefault("1h")
    Duration exportLinkLifetime();
}
