package io.sluice.extractor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the extractor works. */
@ConfigMapping(prefix = "sluice.extractor")
public interface ExtractorConfig {

    /** Most sync runs read at a time by this replica; further ones wait in the topic, where another replica may take them. */
    @WithDefault("8")
    int parallelRuns();

    /**
     * Folder where this replica notes which rows it has sent of each sync (eight bytes a row), so that unchanged rows travel
     * as a mark instead of whole. Losing it costs time, not data. Without it every row of every run travels whole.
     */
    Optional<Path> knownRowsDirectory();

    /**
     * Rows that the runs of this replica together may be ahead of the differ (ten marks of unchanged rows count as one row).
     * What is sent stands before everything that comes later, so this is what a small run has to wait for beside a large one.
     * 0 holds nothing back. A differ that stands still holds nothing back either: then the rows wait in Kafka.
     */
    @WithDefault("60000")
    long rowsAhead();

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
