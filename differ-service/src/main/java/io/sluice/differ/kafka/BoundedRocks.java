package io.sluice.differ.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds RocksDB's memory over all stores of the process and gives point reads a bloom filter: most reads of a first run
 * are misses, and a miss should not touch a block. Kafka Streams makes one instance per store; the cache is shared.
 */
public final class BoundedRocks implements RocksDBConfigSetter {
    /** Config key of the budget in MiB. */
    static final String MEMORY_MIB = "sluice.differ.store.memory.mib";

    private static final double BLOOM_BITS_PER_KEY = 10;

    /** Share of a write buffer: 16 MiB hold some 150,000 entries, whose ten bits each are about a hundredth of it. */
    private static final double MEMTABLE_BLOOM_RATIO = 0.015;

    private static final int METADATA_BLOCK_BYTES = 4_096;

    /** Four shards: few threads read, and a shard must hold more than a few blocks. */
    private static final int SHARD_BITS = 2;

    /** Blocks of filters and indexes are thrown out last from this share of the cache. */
    private static final double SHARE_OF_INDEXES = 0.5;

    static {
        RocksDB.loadLibrary();
    }

    /** What all stores of the process share, by its budget in MiB: a process has one. */
    private static final Map<Integer, Shared> SHARED = new ConcurrentHashMap<>();

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {
        static Shared of(int mib) {
            long budget = (long) mib << 20;
            Cache cache = new LRUCache(budget, SHARD_BITS, false, SHARE_OF_INDEXES);
            return new Shared(cache, new WriteBufferManager(budget / 2, cache));
        }
    }

    private BloomFilter bloom;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared shared =
                SHARED.computeIfAbsent(Integer.valueOf(configs.get(MEMORY_MIB).toString()), Shared::of);
        bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
        // Streams' own table config object must be reused: a new one would lose what Streams set (stack.md section 12)
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setFilterPolicy(bloom);
        // filters and indexes in pieces: whole, those of a large file do not fit beside each other into the cache, and
        // every
        // read of a state of ten million records then read megabytes
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        table.setPartitionFilters(true);
        table.setMetadataBlockSize(METADATA_BLOCK_BYTES);
        table.setPinTopLevelIndexAndFilter(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writeBuffers());
        options.setMaxWriteBufferNumber(3);
        // the same for what is not in a file yet: most of a first run's reads end here
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO);
        options.setMemtableWholeKeyFiltering(true);
    }

    @Override
    public void close(String storeName, Options options) {
        bloom.close();
    }
}
