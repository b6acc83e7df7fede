package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.standalone.api.SluiceApi;
import io.sluice.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** What tests do through the public API: connect two databases, make syncs, run them, look at the outcome. */
final class Syncs {
    private static final Duration RUN_LIMIT = Duration.ofMinutes(5);

    /** The one object of a webhook. */
    static final String WEBHOOK_OBJECT = "event";

    private static final Map<String, Object> BASIC = Map.of("sync_engine", "basic");
    private static final Map<String, Object> LOGGED =
            Map.of("sync_engine", "advanced", "warehouse_writeback_enabled", true);

    private final SluiceApi api = StackUnderTest.api();
    private final PostgresDatabase source;
    private final long sourceId;
    private final long destinationId;

    Syncs(PostgresDatabase source, PostgresDatabase destination) {
        this(source, destination, "basic");
    }

    /** As above, with another sync engine. */
    Syncs(PostgresDatabase source, PostgresDatabase destination, String engine) {
        this(
                source,
                Map.of("sync_engine", engine),
                credentials(source),
                "postgres",
                destination.name(),
                credentials(destination));
    }

    private Syncs(
            PostgresDatabase source,
            Map<String, Object> sourceOptions,
            Map<String, Object> sourceCredentials,
            String destinationType,
            String destinationName,
            Map<String, Object> destinationCredentials) {
        this.source = source;
        Map<String, Object> connection = new HashMap<>(sourceOptions);
        connection.putAll(Map.of("name", source.name(), "type", "postgres", "credentials", sourceCredentials));
        this.sourceId =
                api.post("sources", Map.of("connection", connection)).path("id").asLong();
        this.destinationId = api.post(
                        "destinations",
                        Map.of(
                                "service_connection",
                                Map.of(
                                        "name",
                                        destinationName,
                                        "type",
                                        destinationType,
                                        "credentials",
                                        destinationCredentials)))
                .path("id")
                .asLong();
    }

    /** Both ends as credentials, for connections that go another way or have settings of their own. */
    static Syncs between(
            PostgresDatabase source,
            Map<String, Object> sourceCredentials,
            Map<String, Object> destinationCredentials) {
        return new Syncs(source, BASIC, sourceCredentials, "postgres", source.name(), destinationCredentials);
    }

    /** Syncs to a webhook. */
    static Syncs toWebhook(PostgresDatabase source, Map<String, Object> webhook) {
        return new Syncs(source, BASIC, credentials(source), "webhook", "webhook of " + source.name(), webhook);
    }

    /** Syncs of a source that logs them (WWB-1). */
    static Syncs logged(PostgresDatabase source, PostgresDatabase destination) {
        return new Syncs(source, LOGGED, credentials(source), "postgres", destination.name(), credentials(destination));
    }

    /** Syncs of a source that logs them, to a webhook. */
    static Syncs loggedToWebhook(PostgresDatabase source, Map<String, Object> webhook) {
        return new Syncs(source, LOGGED, credentials(source), "webhook", "webhook of " + source.name(), webhook);
    }

    /** The credentials of a database with some settings changed or added. */
    static Map<String, Object> credentials(PostgresDatabase database, Map<String, Object> changes) {
        Map<String, Object> all = new HashMap<>(credentials(database));
        all.putAll(changes);
        return all;
    }

    private static Map<String, Object> credentials(PostgresDatabase database) {
        return Map.of(
                "hostname", database.host(),
                "port", database.port(),
                "database", database.name(),
                "user", database.user(),
                "password", database.password());
    }

    /** Makes a sync from a table to a table with columns of the same names, the first being the identifier. */
    long create(String table, String object, String operation, List<String> columns) {
        return create(table, object, operation, columns, Map.of());
    }

    /** The same with further keys of the form. */
    long create(String table, String object, String operation, List<String> columns, Map<String, Object> more) {
        List<Map<String, Object>> mappings = new ArrayList<>();
        for (String column : columns) {
            mappings.add(Map.of(
                    "from", Map.of("type", "column", "data", column),
                    "to", column,
                    "is_primary_identifier", mappings.isEmpty()));
        }
        return createMapped(table, object, operation, mappings, more);
    }

    /** A sync with mappings as the API takes them. */
    long createMapped(
            String table,
            String object,
            String operation,
            List<Map<String, Object>> mappings,
            Map<String, Object> more) {
        Map<String, Object> form = new HashMap<>(more);
        form.putAll(Map.of(
                "label",
                table + " to " + object,
                "operation",
                operation,
                "source_attributes",
                Map.of(
                        "connection_id",
                        sourceId,
                        "object",
                        Map.of(
                                "type",
                                "table",
                                "table_catalog",
                                source.name(),
                                "table_schema",
                                "public",
                                "table_name",
                                table)),
                "destination_attributes",
                Map.of("connection_id", destinationId, "object", objectName(object)),
                "mappings",
                mappings));
        return api.post("syncs", form).path("sync_id").asLong();
    }

    private static String objectName(String object) {
        return object.equals(WEBHOOK_OBJECT) ? object : "public." + object;
    }

    long trigger(long sync) {
        return trigger(sync, Map.of());
    }

    /** Triggers with parameters, for example {@code force_full_sync}. */
    long trigger(long sync, Map<String, Object> how) {
        return api.post("syncs/" + sync + "/trigger", how).path("sync_run_id").asLong();
    }

    /** Finds out what a run would do, and waits for the report. */
    JsonNode dryRun(long sync) {
        return await(api.post("syncs/" + sync + "/dry_run", Map.of())
                .path("sync_run_id")
                .asLong());
    }

    /** Changes some keys of a sync. */
    void change(long sync, Map<String, Object> keys) {
        api.patch("syncs/" + sync, keys);
    }

    /** The records of a sync that are left alone. */
    JsonNode quarantined(long sync) {
        return api.get("syncs/" + sync + "/quarantined_records");
    }

    /** Releases records; how many there were. */
    long release(long sync, Map<String, Object> which) {
        return api.post("syncs/" + sync + "/quarantined_records/release", which)
                .path("released")
                .asLong();
    }

    /** Moves the source to another sync engine. */
    void moveSource(String engine) {
        api.patch(
                "sources/" + sourceId,
                Map.of("connection", Map.of("sync_engine", engine, "confirm_sync_engine_change", true)));
    }

    /** The runs of a sync, latest first. */
    JsonNode runs(long sync) {
        return api.get("syncs/" + sync + "/sync_runs");
    }

    void cancel(long run) {
        api.post("sync_runs/" + run + "/cancel", Map.of());
    }

    JsonNode get(long run) {
        return api.get("sync_runs/" + run);
    }

    /** Waits until the run is over; an API that is just being restarted is asked again. */
    JsonNode await(long run) {
        AtomicReference<Object> last = new AtomicReference<>("no answer");
        try {
            return Eventually.await("end of run " + run, RUN_LIMIT, () -> {
                try {
                    JsonNode state = get(run);
                    last.set(state);
                    return Optional.of(state).filter(now -> now.hasNonNull("completed_at"));
                } catch (CallFailed notNow) {
                    last.set(notNow);
                    return Optional.empty();
                }
            });
        } catch (AssertionError inVain) {
            throw new AssertionError(inVain.getMessage() + "; last seen: " + last + "\n" + Evidence.ofStack(), inVain);
        }
    }

    /** Runs a sync to its end and expects it completed. */
    JsonNode run(long sync) {
        JsonNode ended = await(trigger(sync));
        assertCompleted(ended);
        return ended;
    }

    static void assertCompleted(JsonNode run) {
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
        assertCountersAddUp(run);
    }

    /** HIS-8, whatever became of the run. */
    static void assertCountersAddUp(JsonNode run) {
        assertThat(run.path("records_processed").asLong())
                .isEqualTo(run.path("source_record_updates").asLong()
                        + run.path("source_record_deletes").asLong())
                .isEqualTo(run.path("records_updated").asLong()
                        + run.path("records_failed").asLong());
    }

    /** The folder of a run's tracking files. */
    static Path trackingFolder(long sync, long run) {
        return StackUnderTest.stack().data().bucket().resolve("sync_tracking_datasets/1/" + sync + "/" + run);
    }

    /** Rows of a run's tracking files by status, read as the seed tells: with DuckDB, united by name. */
    static Map<String, Long> tracked(long sync, long run) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        Path folder = trackingFolder(sync, run);
        if (!hasParquet(folder)) {
            return counts;
        }
        String sql = "select status, count(*) as n, count(distinct identifier) as ids from read_parquet('" + folder
                + "/*.parquet', union_by_name=True) group by 1";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getString("status"), rows.getLong("n"));
                if ("succeeded".equals(rows.getString("status"))) {
                    assertThat(rows.getLong("ids")).as("one row per record").isEqualTo(rows.getLong("n"));
                }
            }
        }
        return counts;
    }

    private static boolean hasParquet(Path folder) {
        String[] files = folder.toFile().list((directory, name) -> name.endsWith(".parquet"));
        return Files.isDirectory(folder) && files != null && files.length > 0;
    }

    /** The tracking rows of a run must be as many as its counters say, status by status (TRK-32). */
    static void assertTrackingMatches(JsonNode run) throws SQLException {
        Map<String, Long> tracked =
                tracked(run.path("sync_id").asLong(), run.path("id").asLong());
        assertThat(tracked.getOrDefault("succeeded", 0L))
                .isEqualTo(run.path("records_updated").asLong());
        assertThat(tracked.getOrDefault("rejected", 0L))
                .isEqualTo(run.path("records_failed").asLong());
        assertThat(tracked.getOrDefault("NULL", 0L) + tracked.getOrDefault("DUPLICATE", 0L))
                .isEqualTo(run.path("records_invalid").asLong());
    }
}
