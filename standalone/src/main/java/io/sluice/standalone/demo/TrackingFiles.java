package io.sluice.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the Parquet files of a run with DuckDB, as a user would. */
final class TrackingFiles {
    private final Path bucket;

    TrackingFiles(Path bucket) {
        this.bucket = bucket;
    }

    /** The folder of a run (TRK-14). */
    Path folder(long organization, long sync, long run) {
        return bucket.resolve("sync_tracking_datasets")
                .resolve(Long.toString(organization))
                .resolve(Long.toString(sync))
                .resolve(Long.toString(run));
    }

    /** A query that counts the rows of a run by operation and status; it can be pasted into DuckDB. */
    static String query(Path folder) {
        return "select operation, status, count(*) as records from read_parquet('"
                + folder.resolve("*.parquet").toString().replace("'", "''")
                + "', union_by_name=True) group by all order by all";
    }

    /** Rows by status; empty when the run had nothing to write. */
    Map<String, Long> rowsByStatus(Path folder) throws IOException, SQLException {
        Map<String, Long> counts = new TreeMap<>();
        if (!hasFiles(folder)) {
            return counts;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query(folder))) {
            while (rows.next()) {
                counts.merge(rows.getString("status"), rows.getLong("records"), Long::sum);
            }
        }
        return counts;
    }

    private static boolean hasFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".parquet"));
        }
    }
}
