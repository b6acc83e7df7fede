package io.sluice.tracking.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.operation.OperationKind;
import io.sluice.tracking.file.DuckDb;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as files for people (TRK-4, HIS-9). */
class ExportTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T08:00:00.123456Z");

    @TempDir
    Path folder;

    @Test
    void csvHasTheReasonAndTheSourceColumnsAndQuotesWhatNeedsIt() throws IOException {
        TrackedRow odd =
                rejected("7", "{\"a\":\"x,\\\"y\\\"\\nz\",\"b\":null,\"c\":\"\",\"d\":[1,{\"e\":2}],\"f\":1.50}");
        TrackedRow invalid = SampleRows.invalid(null, RowStatus.NULL);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (RowWriter csv = new CsvRows(out, List.of("a", "b", "c", "d", "f"))) {
            csv.write(odd);
            csv.write(invalid);
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("REASON,IDENTIFIER,OPERATION,STATUS,BATCH_STARTED_AT,BATCH_COMPLETED_AT,a,b,c,d,f\r\n"
                        + "no: 030-1234,7,upsert,rejected,2026-11-21T08:00:00.123Z,2026-11-21T08:00:01.123Z,"
                        + "\"x,\"\"y\"\"\nz\",,\"\",\"[1,{\"\"e\"\":2}]\",1.50\r\n"
                        + "NULL,,upsert,NULL,,,,,,,\r\n");
    }

    @Test
    void jsonLinesKeepThePayloadAsItWas() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowWriter lines = new JsonLines(out)) {
            lines.write(rejected("1", "{\"n\":12345678901234567890.10}"));
            lines.write(SampleRows.invalid(null, RowStatus.NULL));
        }

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("\"record_payload\":{\"n\":12345678901234567890.10}");
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(second.path("status").asText()).isEqualTo("NULL");
        assertThat(second.path("identifier").isNull()).isTrue();
        assertThat(second.path("batch_completed_at").isNull()).isTrue();
    }

    @Test
    void aStreamedParquetFileIsOneThatDuckDbReads() throws IOException, SQLException {
        Path file = folder.resolve("download.parquet");
        try (var out = Files.newOutputStream(file);
                RowWriter rows = new ParquetRows(out, 2, 3)) {
            for (TrackedRow row : SampleRows.realistic(45_000, 10)) {
                rows.write(row);
            }
        }

        assertThat(DuckDb.single("SELECT count(*) || ' ' || count(DISTINCT identifier) || ' ' || max(sync_run_id)"
                        + " FROM read_parquet('" + file + "')"))
                .isEqualTo("45000 45000 3");
        assertThat(DuckDb.single("SELECT num_row_groups FROM parquet_file_metadata('" + file + "')"))
                .isEqualTo("3");
    }

    @Test
    void maskedColumnsAreNowhere() throws IOException {
        Masking masking = new Masking(Set.of("phone", "gone"), true);
        TrackedRow shown =
                masking.of(rejected("anna@example.com", "{\"phone\":\"030-1234\",\"gone\":null,\"n\":1.10}"));

        assertThat(shown.identifier()).isEqualTo("[masked]");
        assertThat(shown.message()).isEqualTo("no: [masked]");
        assertThat(RowJson.payload(shown)).isEqualTo("{\"phone\":\"[masked]\",\"gone\":null,\"n\":1.10}");
        assertThat(Masking.NONE.of(shown)).isSameAs(shown);
        assertThat(masking.of(SampleRows.invalid(null, RowStatus.NULL)).identifier())
                .isNull();
    }

    @Test
    void aPayloadThatCannotBeReadIsMaskedWhole() {
        Masking masking = new Masking(Set.of("phone"), false);

        assertThat(RowJson.payload(masking.of(rejected("1", "{\"phone\":\"030"))))
                .isEqualTo("\"[masked]\"");
    }

    private static TrackedRow rejected(String identifier, String payload) {
        return new TrackedRow(
                identifier,
                SampleRows.json(payload),
                OperationKind.UPSERT,
                RowStatus.REJECTED,
                "no: 030-1234",
                STARTED,
                STARTED.plusSeconds(1));
    }
}
