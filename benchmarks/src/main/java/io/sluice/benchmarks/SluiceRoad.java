package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.SluiceApi;
import io.sluice.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sluice's road: one sync of the wide table through the whole stack, driven by the public API. */
final class SluiceRoad implements AutoCloseable {
    private static final long POLL_MILLIS = 250;

    private final Stack stack;
    private final SluiceApi api;
    private final long destination;
    private final long sync;

    /**
     * Where the wide table goes.
     *
     * @param type connector type
     * @param credentials its settings
     * @param object full name of the destination object
     */
    record Destination(String type, Map<String, Object> credentials, String object) {}

    /** From the wide table to its copy in the same database. */
    SluiceRoad(Stack stack, PostgresDatabase database, WideTable table, String engine) {
        this(stack, database, table, engine, new Destination("postgres", credentials(database), table.target()));
    }

    /** The same over so many connections to the destination (1 unless a user says otherwise). */
    static SluiceRoad over(int connections, Stack stack, PostgresDatabase database, WideTable table, String engine) {
        Map<String, Object> credentials = new TreeMap<>(credentials(database));
        credentials.put("client_connections", connections);
        return new SluiceRoad(stack, database, table, engine, new Destination("postgres", credentials, table.target()));
    }

    /** From the wide table to any destination. */
    SluiceRoad(Stack stack, PostgresDatabase database, WideTable table, String engine, Destination to) {
        this(stack, database, table, engine, to, OptionalLong.empty());
    }

    /** From another table to its copy, over the same destination connection as a sync that is there. */
    SluiceRoad(Stack stack, PostgresDatabase database, WideTable table, String engine, SluiceRoad beside) {
        this(
                stack,
                database,
                table,
                engine,
                new Destination("postgres", Map.of(), table.target()),
                OptionalLong.of(beside.destination));
    }

    private SluiceRoad(
            Stack stack,
            PostgresDatabase database,
            WideTable table,
            String engine,
            Destination to,
            OptionalLong existingDestination) {
        this.stack = stack;
        this.api = new SluiceApi(stack.url(), stack.apiKey());
        Map<String, Object> credentials = credentials(database);
        long source = api.post(
                        "sources",
                        Map.of(
                                "connection",
                                Map.of(
                                        "name",
                                        table.name() + " " + engine,
                                        "type",
                                        "postgres",
                                        "sync_engine",
                                        engine,
                                        "credentials",
                                        credentials)))
                .path("id")
                .asLong();
        this.destination = existingDestination.orElseGet(() -> destination(table.name() + " " + engine, to));
        this.sync = api.post(
                        "syncs",
                        Map.of(
                                "operation",
                                "upsert",
                                "source_attributes",
                                Map.of(
                                        "connection_id",
                                        source,
                                        "object",
                                        Map.of(
                                                "type",
                                                "table",
                                                "table_catalog",
                                                database.name(),
                                                "table_schema",
                                                "public",
                                                "table_name",
                                                table.name())),
                                "destination_attributes",
                                Map.of("connection_id", destination, "object", to.object()),
                                "mappings",
                                mappings()))
                .path("sync_id")
                .asLong();
    }

    private long destination(String name, Destination to) {
        Map<String, Object> connection = Map.of("name", name, "type", to.type(), "credentials", to.credentials());
        return api.post("destinations", Map.of("service_connection", connection))
                .path("id")
                .asLong();
    }

    /** Each column to the field of its name; the first is the identifier. */
    private static List<Map<String, Object>> mappings() {
        List<Map<String, Object>> mappings = new ArrayList<>();
        for (String column : WideTable.COLUMNS) {
            mappings.add(Map.of(
                    "from", Map.of("type", "column", "data", column),
                    "to", column,
                    "is_primary_identifier", mappings.isEmpty()));
        }
        return mappings;
    }

    private static Map<String, Object> credentials(PostgresDatabase database) {
        return Map.of(
                "hostname", database.host(),
                "port", database.port(),
                "database", database.name(),
                "user", database.user(),
                "password", database.password());
    }

    /**
     * A run that completed.
     *
     * @param state as the API tells it
     * @param seconds from its trigger to its end, by the control plane's word: looking often enough to see the end as it comes
     *     would be work of its own, for the control plane most of all
     */
    record Ended(JsonNode state, double seconds) {}

    /** Triggers a run and waits for its end. */
    Ended run() throws InterruptedException {
        Instant triggered = Instant.now();
        long run = api.post("syncs/" + sync + "/trigger", Map.of())
                .path("sync_run_id")
                .asLong();
        JsonNode state = api.get("sync_runs/" + run);
        while (!state.hasNonNull("completed_at")) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            state = api.get("sync_runs/" + run);
        }
        if (!"completed".equals(state.path("status").asText())) {
            throw new IllegalStateException("the run failed: " + state);
        }
        Instant completed = Instant.parse(state.path("completed_at").asText());
        return new Ended(state, Duration.between(triggered, completed).toMillis() / 1e3);
    }

    /** Waits until a run of the sync works. */
    void awaitWorking() throws InterruptedException {
        JsonNode runs = api.get("syncs/" + sync + "/sync_runs");
        while (!"working".equals(runs.path(0).path("status").asText())) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            runs = api.get("syncs/" + sync + "/sync_runs");
        }
    }

    /** The stack's processes by name. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        try (Stream<Path> files = Files.list(stack.data().run())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pid")).toList()) {
                String name = file.getFileName().toString().replace(".pid", "");
                pids.put(
                        name,
                        Long.parseLong(Files.readString(file)
                                .lines()
                                .findFirst()
                                .orElse("0")
                                .strip()));
            }
        } catch (IOException gone) {
            throw new IllegalStateException("the stack's folder cannot be read", gone);
        }
        return pids;
    }

    @Override
    public void close() {
        api.close();
    }
}
