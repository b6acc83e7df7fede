package io.sluice.differ.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How the differ works. */
@ConfigMapping(prefix = "sluice.differ")
public interface DifferConfig {

    /**
     * Folder of the local state store. It is a cache of changelog topics: losing it costs a restore, not data. Give each
     * replica its own, on a disk that survives restarts.
     */
    @WithDefault("./differ-state")
    Path stateDirectory();

    /** Threads that diff; partitions are spread over the threads of all replicas. */
    @WithDefault("2")
    int threads();

    /** Copies of the state other replicas keep warm, so that they take over without a restore. */
    @WithDefault("0")
    int standbyReplicas();

    /**
     * How often results and state are committed while a run is under way; it bounds how long planned operations wait for the
     * loader. The end of a stage is committed at once. A commit costs the broker a marker in every partition touched.
     */
    @WithDefault("400ms")
    Duration commitInterval();

    /** Memory for RocksDB's block cache and write buffers, in MiB, shared by all partitions of this replica. */
    @WithDefault("160")
    int storeMemoryMib();
}
