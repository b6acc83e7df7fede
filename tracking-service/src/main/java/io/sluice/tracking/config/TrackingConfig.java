package io.sluice.tracking.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the tracking files go, and how large they are. */
@ConfigMapping(prefix = "sluice.tracking")
public interface TrackingConfig {

    /**
     * Folder that is the platform's bucket when {@code sluice.tracking.storage.type} is local; created when it is missing at the start. Replicas share it, over a network file
     * system when they run on different machines.
     */
    @WithDefault("bucket")
    Path localDirectory();

    /**
     * Rows that one partition buffers, over all its runs, before they become files: the size of a file of a large run, and
     * with {@link #bytesPerFile} the bound of the memory of a partition.
     */
    @WithDefault("50000")
    int rowsPerFile();

    /** Bytes of heap that one partition's buffered rows may hold before they become files. */
    @WithDefault("33554432")
    long bytesPerFile();

    /** How long a row waits for its file at most: how soon a slow destination shows progress. */
    @WithDefault("PT10S")
    Duration maxDelay();

    /**
     * Longest text kept with a committed offset, in characters, at least 3000. Must not exceed the brokers'
     * {@code offset.metadata.max.bytes} (4096 by default); when both are raised, restarts look up fewer runs in the bucket.
     */
    @WithDefault("4000")
    int checkpointLength();

    /**
     * How long the messages of a run wait for its plan. After that its rows are parked in the topic {@code sluice.parked}
     * and health says so: they cannot be placed without knowing the organization.
     */
    @WithDefault("PT1M")
    Duration planPatience();

    /** Longest pause between two tries when the bucket or Kafka does not answer; the first is half a second. */
    @WithDefault("PT15S")
    Duration longestRetryPause();

    /**
     * Heap for the footers of files that were asked about lately, in bytes; some 2,000 per file. A run of ten million rows
     * has 200 files or more.
     */
    @WithDefault("33554432")
    long footerCacheBytes();

    /** How many reads of files questions about runs may have under way at a time, all questions together. */
    @WithDefault("16")
    int readsAtOnce();
}
