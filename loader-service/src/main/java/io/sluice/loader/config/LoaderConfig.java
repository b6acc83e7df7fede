package io.sluice.loader.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** What a loader process sends, and how hard it tries. */
@ConfigMapping(prefix = "sluice.loader")
public interface LoaderConfig {

    /**
     * The destinations this process has lanes for: {@code *} for all, connector types such as {@code postgres}, or ids;
     * several separated by commas. A busy destination can so get a deployment of its own. Every destination must be named
     * by some process, or its runs wait.
     */
    @WithDefault("*")
    List<String> destinations();

    /** When operations are sent again. */
    Retry retry();

    /**
     * Most calls per second to one destination, over all replicas together: each replica takes the share of the
     * partitions it holds. Empty for no limit.
     */
    OptionalDouble callsPerSecond();

    /** Most payload, in bytes, that one partition collects for its next calls; bounds memory when rows are large. */
    @WithDefault("8388608")
    long stretchBytes();

    /**
     * How long a call under way may take to end when its partition moves to another replica or the process stops. After
     * that its answer is ignored and its operations are sent again.
     */
    @WithDefault("PT10S")
    Duration revokePatience();

    /** When operations are sent again. */
    interface Retry {

        /** How often the same operations are sent again after the first try. */
        @WithDefault("7")
        int maximumRetries();

        /** Upper bound of the first wait; it doubles with each retry, and the wait is a random part of it. */
        @WithDefault("PT0.5S")
        Duration baseDelay();

        /** Upper bound of any wait the destination did not ask for. */
        @WithDefault("PT30S")
        Duration maximumDelay();

        /** When the destination asks to wait longer than this, its records or the run are given up. */
        @WithDefault("PT15M")
        Duration longestWait();
    }
}
