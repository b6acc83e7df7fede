package io.sluice.tracking.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as DuckDB sees them, an implementation of Parquet that is not ours. */
class TrackingFileTest {
    @TempDir
    Path folder;

    private final TrackingFileEncoder encoder = new TrackingFileEncoder();

    @Test
    void theSchemaIsTheGoldenOne() throws IOException, SQLException {
        write("records_updated.0.parquet", List.of(SampleRows.succeeded("a", OperationKind.UPSERT)));

        String schema = DuckDb.table(
                "SELECT name, type, converted_type, logical_type, repetition_type, num_children FROM parquet_schema('%s')"
                        .formatted(glob()));

        assertThat(schema).isEqualTo(golden("tracking-file.schema.txt"));
    }

    @Test
    void theColumnsAreThoseOfTheSpecInOrderAndType() throws IOException, SQLException {
        write("records_updated.0.parquet", List.of(SampleRows.succeeded("a", OperationKind.UPSERT)));

        assertThat(DuckDb.rows(
                        "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('%s'))"
                                .formatted(glob())))
                .containsExactly(
                        "identifier VARCHAR",
                        "record_payload VARCHAR",
                        "operation VARCHAR",
                        "status VARCHAR",
                        "status_message VARCHAR",
                        "batch_started_at TIMESTAMP WITH TIME ZONE",
                        "batch_ended_at TIMESTAMP WITH TIME ZONE",
                        "sync_configuration_id BIGINT",
                        "sync_run_id BIGINT");
    }

    @Test
    void valuesComeBackAsTheyWere() throws IOException, SQLException {
        String odd = "naïve 🙂 \u202Eשלום\t\u0000'\"\\";
        write("records_updated.0.parquet", List.of(SampleRows.rejected(odd, OperationKind.INSERT, "no: " + odd)));
        write("records_invalid.0.parquet", List.of(SampleRows.invalid(null, RowStatus.NULL)));

        assertThat(DuckDb.rows("SELECT identifier FROM read_parquet('%s') WHERE status = 'rejected'".formatted(glob())))
                .containsExactly(odd);
        assertThat(DuckDb.rows(("SELECT concat_ws('|', operation, status, status_message IS NULL, identifier IS NULL,"
                                + " batch_started_at IS NULL, record_payload, sync_configuration_id, sync_run_id)"
                                + " FROM read_parquet('%s') WHERE status = 'NULL'")
                        .formatted(glob())))
                .containsExactly("upsert|NULL|true|true|true|{\"id\":null}|2|3");
        assertThat(DuckDb.rows(("SELECT epoch_us(batch_started_at) || ' ' || epoch_us(batch_ended_at)"
                                + " FROM read_parquet('%s') WHERE status = 'rejected'")
                        .formatted(glob())))
                .containsExactly("1795248000123456 1795248001500000");
    }

    @Test
    void theQueryOfTheSeedGroupsRejectedRecordsByTheirMessage() throws IOException, SQLException {
        write(
                "records_updated.0.parquet",
                List.of(
                        SampleRows.succeeded("1", OperationKind.UPSERT),
                        SampleRows.rejected("2", OperationKind.UPSERT, "too long"),
                        SampleRows.rejected("3", OperationKind.UPSERT, "no such country")));
        write("records_updated.1.parquet", List.of(SampleRows.rejected("4", OperationKind.UPSERT, "too long")));
        write("records_deleted.0.parquet", List.of(SampleRows.rejected("5", OperationKind.DELETE, "locked")));
        write(
                "records_invalid.0.parquet",
                List.of(
                        SampleRows.invalid(null, RowStatus.NULL),
                        SampleRows.invalid("7", RowStatus.DUPLICATE),
                        SampleRows.invalid("7", RowStatus.DUPLICATE)));

        String query =
                """
                SELECT status_message, ARRAY_AGG(identifier) AS rejected_records
                FROM read_parquet('%s', union_by_name=True)
                WHERE status = 'rejected'
                GROUP BY 1
                """
                        .formatted(glob());

        // DuckDB reads the files in parallel: the order within an array is nobody's promise.
        assertThat(DuckDb.rows("SELECT status_message || ' | ' || list_sort(rejected_records)::varchar FROM (" + query
                        + ") ORDER BY 1"))
                .containsExactly("locked | [5]", "no such country | [3]", "too long | [2, 4]");
    }

    @Test
    void theSameRowsGiveTheSameBytes() {
        List<TrackedRow> rows = SampleRows.realistic(2_000, 7);

        assertThat(encoder.encode(2, 3, rows)).isEqualTo(encoder.encode(2, 3, rows));
    }

    @Test
    void aPointSearchReadsOneRowGroup() throws IOException, SQLException {
        List<TrackedRow> rows = SampleRows.realistic(60_000, 100_000);
        write("records_updated.0.parquet", rows);
        int groups = Integer.parseInt(
                DuckDb.single("SELECT num_row_groups FROM parquet_file_metadata('%s')".formatted(glob())));

        assertThat(groups).isEqualTo(2);
        assertThat(DuckDb.rows(("SELECT DISTINCT compression || ' ' || (bloom_filter_length > 0)"
                                + " FROM parquet_metadata('%s') WHERE path_in_schema = 'identifier'")
                        .formatted(glob())))
                .containsExactly("ZSTD true");
        assertThat(excludedGroups("customer-100001")).isEqualTo(groups - 1);
        assertThat(excludedGroups("customer-159999")).isEqualTo(groups - 1);
        int misses = 0;
        for (int absent = 0; absent < 20; absent++) {
            misses += excludedGroups("nobody-" + absent) == groups ? 1 : 0;
        }
        assertThat(misses)
                .as("of 20 absent identifiers excluded by bloom filters alone")
                .isGreaterThan(17);
    }

    @Test
    void statisticsTellFilesWithoutRejectedRowsApartAndDoNotHoldPayloads() throws IOException, SQLException {
        write("records_updated.0.parquet", List.of(SampleRows.succeeded("1", OperationKind.UPSERT)));

        assertThat(DuckDb.rows(("SELECT stats_min_value || ' ' || stats_max_value"
                                + " FROM parquet_metadata('%s') WHERE path_in_schema = 'status'")
                        .formatted(glob())))
                .containsExactly("succeeded succeeded");
        assertThat(DuckDb.rows(("SELECT stats_min_value IS NULL FROM parquet_metadata('%s')"
                                + " WHERE path_in_schema = 'record_payload'")
                        .formatted(glob())))
                .containsExactly("true");
    }

    @Test
    void aFileOfManyRowsIsWhole() throws IOException, SQLException {
        List<TrackedRow> rows = new ArrayList<>(SampleRows.realistic(50_000, 0));
        rows.add(SampleRows.rejected("last", OperationKind.UPSERT, "x".repeat(100_000)));
        write("records_updated.0.parquet", rows);

        assertThat(DuckDb.single(
                        "SELECT count(*) || ' ' || count(DISTINCT identifier) || ' ' || max(length(status_message))"
                                + " FROM read_parquet('%s')".formatted(glob())))
                .isEqualTo("50001 50001 100000");
    }

    private long excludedGroups(String identifier) throws SQLException {
        return DuckDb.rows(("SELECT row_group_id FROM parquet_bloom_probe('%s', 'identifier', '%s')"
                                + " WHERE bloom_filter_excludes")
                        .formatted(glob(), identifier))
                .size();
    }

    private void write(String name, List<TrackedRow> rows) throws IOException {
        ByteBuffer content = encoder.encode(2, 3, rows);
        try (FileChannel file =
                FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(content);
        }
    }

    private String glob() {
        return folder.resolve("*.parquet").toString();
    }

    private String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/golden").resolve(name));
    }
}
