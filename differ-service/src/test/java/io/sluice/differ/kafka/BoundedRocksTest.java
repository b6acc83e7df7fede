package io.sluice.differ.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WriteOptions;

class BoundedRocksTest {
    private static final int RECORDS = 1_000_000;
    private static final int MEMORY_MIB = 4;

    @TempDir
    Path folder;

    @Test
    @DisplayName("A state much larger than its memory, read in order, is read about once and not once per record")
    void largerThanItsMemory() throws Exception {
        BoundedRocks bounds = new BoundedRocks();
        try (Statistics statistics = new Statistics();
                Options options = new Options()) {
            options.setCreateIfMissing(true)
                    .setCompressionType(CompressionType.NO_COMPRESSION)
                    .setStatistics(statistics)
                    .setTableFormatConfig(new BlockBasedTableConfig());
            bounds.setConfig("records", options, Map.of(BoundedRocks.MEMORY_MIB, MEMORY_MIB));
            try (RocksDB store = RocksDB.open(options, folder.toString())) {
                write(store);
            }
            // opened again: what was written is in files, and nothing of it takes memory that is meant for reading
            try (RocksDB store = RocksDB.open(options, folder.toString())) {
                long size = store.getLongProperty("rocksdb.total-sst-files-size");
                assertThat(size).isGreaterThan(3L * (MEMORY_MIB << 20));
                long before = statistics.getTickerCount(TickerType.BLOCK_CACHE_BYTES_WRITE);
                for (int record = 0; record < RECORDS; record++) {
                    assertThat(store.get(key(record))).isNotNull();
                }
                assertThat(statistics.getTickerCount(TickerType.BLOCK_CACHE_BYTES_WRITE) - before)
                        .isLessThan(3 * size);
            }
        } finally {
            bounds.close("records", null);
        }
    }

    /** Ends in one large file, as the state of a sync does that has not changed for a while. */
    private static void write(RocksDB store) throws RocksDBException {
        try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
            for (int record = 0; record < RECORDS; record++) {
                store.put(unlogged, key(record), new byte[20]);
            }
        }
        store.compactRange();
    }

    private static byte[] key(int record) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(7)
                .putInt(record)
                .array();
    }
}
