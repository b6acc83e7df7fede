package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrackingFilesTest {
    @TempDir
    Path bucket;

    @Test
    void rowsOfAllFilesOfARunAreCountedByStatus() throws Exception {
        TrackingFiles files = new TrackingFiles(bucket);
        Path folder = files.folder(1, 61, 94);
        assertThat(folder).isEqualTo(bucket.resolve("sync_tracking_datasets/1/61/94"));
        Files.createDirectories(folder);
        assertThat(files.rowsByStatus(folder)).isEmpty();
        write(folder.resolve("records_updated.0.parquet"), "values ('upsert', 'succeeded'), ('upsert', 'rejected')");
        write(folder.resolve("records_deleted.0.parquet"), "values ('delete', 'succeeded')");
        write(folder.resolve("records_invalid.0.parquet"), "values ('upsert', 'NULL')");
        assertThat(files.rowsByStatus(folder)).isEqualTo(Map.of("succeeded", 2L, "rejected", 1L, "NULL", 1L));
    }

    private static void write(Path file, String values) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "copy (select * from (" + values + ") as t(operation, status)) to '" + file + "' (format parquet)");
        }
    }

    @Test
    void aRunThatWroteNothingHasNoFolder() throws Exception {
        TrackingFiles files = new TrackingFiles(bucket);
        assertThat(files.rowsByStatus(files.folder(1, 2, 3))).isEmpty();
    }
}
