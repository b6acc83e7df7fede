package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mirror whose second run has every kind of row: updates and deletes that succeed, rejected ones, a null and a duplicated
 * identifier. What the API, the counters and the seed's DuckDB query say must be the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The query of the seed, verbatim but for the path (TRK-31). */
    private static final String SEED_QUERY =
            """
            SELECT status_message, ARRAY_AGG(identifier) AS rejected_records
            FROM read_parquet('%s/*.parquet', union_by_name=True)
            WHERE status = 'rejected'
            GROUP BY 1
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Syncs syncs;
    private long sync;
    private JsonNode first;
    private JsonNode second;

    @BeforeAll
    void twoRuns() throws Exception {
        PostgresDatabase database = StackUnderTest.database("records");
        Tables.execute(database, "create table people (id text, name text, age integer, phone text)");
        Tables.execute(
                database,
                "create table people_copy (id text primary key, name text check (length(name) < 30),"
                        + " age integer, phone text)");
        Tables.execute(
                database,
                "insert into people select i::text, 'person ' || i, i % 90, '030-' || (100000 + i)"
                        + " from generate_series(1, 3000) i");
        syncs = new Syncs(database, database);
        sync = syncs.create("people", "people_copy", "mirror", List.of("id", "name", "age", "phone"));
        first = syncs.run(sync);
        Tables.execute(database, "update people set age = age + 1 where id::integer <= 500");
        Tables.execute(database, "update people set name = repeat('too long ', 9) where id in ('7', '8', '9')");
        Tables.execute(database, "delete from people where id::integer > 2900");
        Tables.execute(
                database, "insert into people values (null, 'nobody', 1, '030-1'), (null, 'no, \"body\"', 2, null)");
        Tables.execute(
                database, "insert into people select id, name, 77, phone from people where id in ('600', '601')");
        second = syncs.run(sync);
    }

    @Test
    @DisplayName("HIS-8, TRK-10: records and counts by status and operation are the run's counters")
    void countsAreTheCounters() throws Exception {
        assertThat(second.path("source_record_updates").asLong()).isEqualTo(500);
        assertThat(second.path("source_record_deletes").asLong()).isEqualTo(100);
        assertThat(second.path("records_failed").asLong()).isEqualTo(3);
        assertThat(second.path("records_invalid").asLong()).isEqualTo(6);
        assertThat(count("")).isEqualTo(606);
        assertThat(count("?status=succeeded"))
                .isEqualTo(second.path("records_updated").asLong());
        assertThat(count("?status=rejected")).isEqualTo(3);
        assertThat(count("?status=invalid")).isEqualTo(6);
        assertThat(count("?status=NULL")).isEqualTo(2);
        assertThat(count("?status=DUPLICATE")).isEqualTo(4);
        assertThat(count("?operation=delete")).isEqualTo(100);
        assertThat(count("?operation=upsert&status=succeeded")).isEqualTo(497);
        assertThat(walk("?status=rejected", 2).stream()
                        .map(row -> row.path("identifier").asText()))
                .containsExactlyInAnyOrder("7", "8", "9");
        List<JsonNode> all = walk("", 100);
        assertThat(all).hasSize(606);
        assertThat(all.stream()
                        .filter(row -> row.path("status").asText().matches("succeeded|rejected"))
                        .map(row -> row.path("identifier").asText())
                        .distinct())
                .hasSize(600);
    }

    @Test
    @DisplayName("TRK-3, TRK-6: one record by its identifier, with its payload and reason")
    void oneRecord() throws Exception {
        JsonNode found =
                api("sync_runs/" + id(second) + "/records?primary_identifier=8").path("data");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("status").asText()).isEqualTo("rejected");
        assertThat(found.get(0).path("status_message").asText()).contains("people_copy_name_check");
        assertThat(found.get(0).path("record_payload").path("age").asInt()).isEqualTo(9);
        assertThat(found.get(0).path("batch_completed_at").asText()).matches("[0-9-]+T[0-9:.]+Z");
        assertThat(api("sync_runs/" + id(second) + "/records?primary_identifier=600")
                        .path("data"))
                .hasSize(2)
                .allMatch(row -> row.path("status").asText().equals("DUPLICATE")
                        && row.path("batch_started_at").isNull());
        assertThat(api("sync_runs/" + id(second) + "/records?primary_identifier=600&status=succeeded")
                        .path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName("TRK-31, TRK-32: the seed's query over exported files says what the API says")
    void theSeedsQuery() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("exported"));
        for (JsonNode url : api("sync_runs/" + id(second) + "/records_export").path("urls")) {
            String name = URI.create(url.asText()).getPath();
            HttpResponse<Path> file = http.send(
                    HttpRequest.newBuilder(URI.create(url.asText())).build(),
                    HttpResponse.BodyHandlers.ofFile(mine.resolve(name.substring(name.lastIndexOf('/') + 1))));
            assertThat(file.statusCode()).isEqualTo(200);
        }
        assertThat(rejected(mine)).isEqualTo(rejected(Syncs.trackingFolder(sync, id(second))));
        assertThat(rejected(mine)).containsExactly("7", "8", "9");
        Syncs.assertTrackingMatches(second);
    }

    @Test
    @DisplayName("TRK-4, HIS-3, HIS-9: samples with reasons, and downloads in three formats")
    void samplesAndDownloads() throws Exception {
        JsonNode sample = api("sync_runs/" + id(second) + "/records_sample?status=invalid")
                .path("data");
        assertThat(sample.valueStream().map(row -> row.path("reason").asText()))
                .containsOnly("NULL", "DUPLICATE")
                .hasSize(6);
        assertThat(api("sync_runs/" + id(second) + "/records_sample?status=rejected")
                        .path("data"))
                .hasSize(3);

        List<String> csv = download("format=csv&status=NULL").lines().toList();
        assertThat(csv.getFirst())
                .isEqualTo("REASON,IDENTIFIER,OPERATION,STATUS,BATCH_STARTED_AT,BATCH_COMPLETED_AT,age,id,name,phone");
        assertThat(csv).contains("NULL,,upsert,NULL,,,2,,\"no, \"\"body\"\"\",");
        assertThat(download("format=jsonl").lines()).hasSize(606);
        Path parquet = folder.resolve("download.parquet");
        HttpResponse<Path> answer = http.send(
                request("sync_runs/" + id(second) + "/records_download?format=parquet"),
                HttpResponse.BodyHandlers.ofFile(parquet));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(duck("select count(*) from read_parquet('" + parquet + "')")).containsExactly("606");
    }

    @Test
    @DisplayName("When did this record last reach the destination, and what did it say")
    void theHistoryOfARecord() throws Exception {
        JsonNode history = api("syncs/" + sync + "/record_history?primary_identifier=8");
        assertThat(history.path("data")
                        .valueStream()
                        .map(event -> event.path("sync_run_id").asLong() + " "
                                + event.path("record").path("status").asText()))
                .startsWith(id(second) + " rejected")
                .endsWith(id(first) + " succeeded");
        assertThat(history.path("last_accepted").path("sync_run_id").asLong()).isEqualTo(id(first));
        assertThat(history.path("last_sent")
                        .path("record")
                        .path("status_message")
                        .asText())
                .contains("people_copy_name_check");
    }

    @Test
    @DisplayName(
            "Columns marked as personal are masked in records, downloads and exports, and shown again when unmarked")
    void personalColumnsAreMasked() throws Exception {
        JsonNode source = api("syncs/" + sync).path("data").path("source_attributes");
        String marks = "sources/" + source.path("connection_id").asLong() + "/objects/"
                + source.path("object").path("id").asLong() + "/pii_columns";
        put(marks, "{\"pii_columns\":[\"phone\"]}");
        try {
            assertThat(walk("?primary_identifier=9", 10)
                            .getFirst()
                            .path("record_payload")
                            .toString())
                    .contains("\"phone\":\"[masked]\"");
            assertThat(download("format=csv")).doesNotContain("030-1");
            String url = api("sync_runs/" + id(second) + "/records_export")
                    .path("urls")
                    .get(0)
                    .asText();
            Path file = folder.resolve("masked.parquet");
            http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofFile(file));
            assertThat(duck("select count(*) from read_parquet('" + file + "') where record_payload like '%030-%'"))
                    .containsExactly("0");
        } finally {
            put(marks, "{\"pii_columns\":[]}");
        }
        assertThat(download("format=csv")).contains("030-1");
    }

    @Test
    @DisplayName("TRK-9: dry runs have no records")
    void dryRunsHaveNone() throws Exception {
        JsonNode dry = syncs.dryRun(sync);
        assertThat(send("sync_runs/" + id(dry) + "/records").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("TRK-19: records of finished batches are there while the run works")
    void recordsWhileTheRunWorks() throws Exception {
        PostgresDatabase database = StackUnderTest.database("records_live");
        Tables.execute(database, "create table items (id integer primary key, name text)");
        Tables.execute(database, "create table items_copy (like items including all)");
        Tables.execute(database, "insert into items select i, 'item ' || i from generate_series(1, 400000) i");
        Syncs others = new Syncs(database, database);
        long run = others.trigger(others.create("items", "items_copy", "upsert", List.of("id", "name")));
        Eventually.eventually(Duration.ofSeconds(120), () -> assertThat(api("sync_runs/" + run + "/records_count")
                        .path("data")
                        .get(0)
                        .path("record_count")
                        .asLong())
                .isPositive());
        if (others.get(run).path("completed_at").isNull()) {
            assertThat(send("sync_runs/" + run + "/records_export").statusCode())
                    .isEqualTo(425);
        }
        JsonNode ended = others.await(run);
        Syncs.assertCompleted(ended);
        assertThat(api("sync_runs/" + run + "/records_count")
                        .path("data")
                        .get(0)
                        .path("record_count")
                        .asLong())
                .isEqualTo(400_000);
        assertThat(api("sync_runs/" + run + "/records?primary_identifier=399999")
                        .path("data"))
                .hasSize(1);
    }

    private static long id(JsonNode run) {
        return run.path("id").asLong();
    }

    private long count(String filter) throws Exception {
        return api("sync_runs/" + id(second) + "/records_count" + filter)
                .path("data")
                .get(0)
                .path("record_count")
                .asLong();
    }

    /** Every page, as a client walks by {@code next_page}. */
    private List<JsonNode> walk(String filter, int perPage) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode next = JSON.getNodeFactory().numberNode(1);
        while (!next.isNull()) {
            JsonNode page = api("sync_runs/" + id(second) + "/records" + (filter.isEmpty() ? "?" : filter + "&")
                    + "per_page=" + perPage + "&page=" + next.asInt());
            page.path("data").forEach(rows::add);
            next = page.path("pagination").path("next_page");
        }
        return rows;
    }

    private static TreeSet<String> rejected(Path files) throws SQLException {
        return duck("select unnest(rejected_records) from (" + SEED_QUERY.formatted(files) + ")").stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> duck(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private String download(String parameters) throws Exception {
        return send("sync_runs/" + id(second) + "/records_download?" + parameters)
                .body();
    }

    private JsonNode api(String path) throws Exception {
        HttpResponse<String> answer = send(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void put(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .header("Authorization", "Bearer " + StackUnderTest.stack().apiKey())
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(String path) throws Exception {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(address(path))
                .header("Authorization", "Bearer " + StackUnderTest.stack().apiKey())
                .build();
    }

    private static URI address(String path) {
        return URI.create(StackUnderTest.stack().url() + "/api/v1/" + path);
    }
}
