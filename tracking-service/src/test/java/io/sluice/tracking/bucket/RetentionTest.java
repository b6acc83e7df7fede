package io.sluice.tracking.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.LocalFolderStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 18: the platform's storage keeps runs for fourteen days. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    Path folder;

    private LocalFolderStorage storage;
    private Retention retention;

    @BeforeEach
    void open() throws IOException {
        storage = LocalFolderStorage.open(folder);
        retention = new Retention(storage, Duration.ofDays(14), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void object(String key, int daysAgo) throws IOException {
        storage.put(key, ByteBuffer.wrap(new byte[] {1}));
        Files.setLastModifiedTime(folder.resolve(key), FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    }

    @Test
    @DisplayName("TRK-5: a run whose last rows are older than fourteen days goes as a whole, the others stay")
    void oldRunsGoAsAWhole() throws IOException {
        object("sync_tracking_datasets/1/2/3/metadata.json", 20);
        object("sync_tracking_datasets/1/2/3/records_updated.0.parquet", 15);
        object("sync_tracking_datasets/1/2/4/metadata.json", 20);
        object("sync_tracking_datasets/1/2/4/records_updated.0.parquet", 13);
        object("sync_tracking_datasets/1/2/33/metadata.json", 1);

        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(retention.sweep()).isZero();

        assertThat(storage.list("sync_tracking_datasets/"))
                .containsExactly(
                        "sync_tracking_datasets/1/2/33/metadata.json",
                        "sync_tracking_datasets/1/2/4/metadata.json",
                        "sync_tracking_datasets/1/2/4/records_updated.0.parquet");
    }

    @Test
    @DisplayName("What waits for a customer's bucket and the fact tables are never removed")
    void nothingElseIsRemoved() throws IOException {
        object("spool/7/sync_tracking_datasets/1/2/3/records_updated.0.parquet", 100);
        object("metadata/1/destinations.parquet", 100);

        assertThat(retention.sweep()).isZero();
        assertThat(storage.list("")).hasSize(2);
    }
}
