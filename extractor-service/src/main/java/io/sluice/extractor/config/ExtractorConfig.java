package io.sluice.extractor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the extractor works. */
@ConfigMapping(prefix = "sluice.extractor")
public interface ExtractorConfig {

    /** Most sync runs read at a time by this replica; further ones wait in the topic, where another replica may take them. */
    @WithDefault("8")
    int parallelRuns();

    /** Pause before a run is read again after Kafka did not take its records. */
    @WithDefault("2s")
    Duration retryPause();

    /**
     * How long saving the state in a source (sync engine advanced) is tried while the source cannot be reached. Then the run
     * fails, and the next one makes up for it. Meanwhile other syncs whose outcomes share a partition wait.
     */
    @WithDefault("60s")
    Duration commitPatience();
}
