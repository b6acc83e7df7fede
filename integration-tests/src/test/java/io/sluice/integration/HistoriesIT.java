package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.integration.SyncOracle.Counters;
import io.sluice.integration.SyncOracle.Row;
import io.sluice.operation.SyncBehavior;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories through the whole stack, in all state modes side by side, against {@link SyncOracle}. The same seed gives
 * the same history. {@code -Dsluice.histories=500} makes a soak of it.
 */
class HistoriesIT {
    private static final int HISTORIES = Integer.getInteger("sluice.histories", 50);
    private static final int RUNS_PER_HISTORY = 3;
    private static final int AT_A_TIME = 8;
    private static final List<SyncBehavior> BEHAVIORS = List.of(
            SyncBehavior.UPSERT, SyncBehavior.MIRROR, SyncBehavior.UPDATE, SyncBehavior.INSERT, SyncBehavior.DELETE);
    private static final List<String> ENGINES = List.of("basic", "advanced", "stateless");

    private final Map<String, Syncs> syncs = new LinkedHashMap<>();
    private PostgresDatabase database;

    @Test
    @DisplayName(
            "BEH 6.2, KEY-5 to KEY-9, HIS-8, TRK-32: fifty histories end the same in every state mode and in the oracle")
    void histories() throws Exception {
        // Given a table and its copies for each history
        database = StackUnderTest.database("histories");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int history = 0; history < HISTORIES; history++) {
                makeTables(statement, history);
            }
        }
        ENGINES.forEach(engine -> syncs.put(engine, new Syncs(database, database, engine)));

        // When all of them run, Then each run is as the oracle says
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int history = 0; history < HISTORIES; history++) {
                int number = history;
                all.add(threads.submit((Callable<Void>) () -> {
                    new History(number).play();
                    return null;
                }));
            }
            for (Future<Void> history : all) {
                history.get();
            }
        }
    }

    private static void makeTables(Statement statement, int history) throws SQLException {
        statement.execute("create table source_%d (id text, text text, number integer)".formatted(history));
        for (String engine : ENGINES) {
            String table = copy(history, engine);
            statement.execute("create table %s (id text primary key, text text, number integer check (number <> %d))"
                    .formatted(table, SyncOracle.UNLUCKY));
            statement.execute("insert into %s values ('theirs', 'never sent by us', 1), ('k3', 'also theirs', 2)"
                    .formatted(table));
        }
    }

    private static String copy(int history, String engine) {
        return "copy_" + history + "_" + engine;
    }

    /** One history: the source changes, the syncs of all modes run, destination, counters and tracking are compared. */
    private final class History {
        private final int number;
        private final Random random;
        private final SyncBehavior behavior;
        private final Map<String, Long> syncOf = new LinkedHashMap<>();
        private final Map<String, SyncOracle> oracleOf = new LinkedHashMap<>();
        private List<Row> rows = new ArrayList<>();

        History(int number) {
            this.number = number;
            this.random = new Random(number * 7_919L);
            this.behavior = BEHAVIORS.get(number % BEHAVIORS.size());
        }

        void play() throws Exception {
            for (String engine : ENGINES) {
                if (engine.equals("stateless") && behavior == SyncBehavior.MIRROR) {
                    continue; // refused when saved (SRC-13)
                }
                syncOf.put(
                        engine,
                        syncs.get(engine)
                                .create(
                                        "source_" + number,
                                        copy(number, engine),
                                        behavior.wireName(),
                                        List.of("id", "text", "number"),
                                        Map.of("confirm_delete", behavior == SyncBehavior.DELETE)));
                oracleOf.put(
                        engine,
                        new SyncOracle(
                                behavior,
                                !engine.equals("stateless"),
                                List.of(new Row("theirs", "never sent by us", 1), new Row("k3", "also theirs", 2))));
            }
            for (int step = 0; step < RUNS_PER_HISTORY; step++) {
                edit();
                save();
                boolean full = step > 0 && random.nextInt(5) == 0;
                Map<String, Long> runs = new LinkedHashMap<>();
                for (String engine : syncOf.keySet()) {
                    runs.put(
                            engine,
                            syncs.get(engine)
                                    .trigger(
                                            syncOf.get(engine),
                                            Map.of("force_full_sync", full, "confirm_removals", true)));
                }
                for (String engine : syncOf.keySet()) {
                    compare(engine, step, full, syncs.get(engine).await(runs.get(engine)));
                }
            }
        }

        private void compare(String engine, int step, boolean full, JsonNode run) throws SQLException {
            String where = "history %d (%s), engine %s, run %d%s of %s: %s"
                    .formatted(number, behavior, engine, step, full ? " (full)" : "", rows, run);
            assertThat(run.path("status").asText()).as(where).isEqualTo("completed");
            Counters expected = oracleOf.get(engine).run(rows, full);
            assertThat(new Counters(
                            run.path("source_record_count").asLong(),
                            run.path("source_record_updates").asLong(),
                            run.path("source_record_deletes").asLong(),
                            run.path("records_invalid").asLong(),
                            run.path("records_updated").asLong(),
                            run.path("records_failed").asLong()))
                    .as(where)
                    .isEqualTo(expected);
            assertThat(destination(engine))
                    .as(where)
                    .isEqualTo(oracleOf.get(engine).destination());
            Syncs.assertTrackingMatches(run);
        }

        private Map<String, Row> destination(String engine) throws SQLException {
            Map<String, Row> found = new TreeMap<>();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select id, text, number from " + copy(number, engine))) {
                while (result.next()) {
                    found.put(result.getString(1), new Row(result.getString(1), result.getString(2), result.getInt(3)));
                }
            }
            return found;
        }

        private void edit() {
            List<Row> edited = new ArrayList<>();
            for (Row row : rows) {
                switch (random.nextInt(10)) {
                    case 0 -> { // the row leaves the source
                    }
                    case 1 -> edited.add(new Row(row.id(), "v" + random.nextInt(1_000), row.number()));
                    case 2 -> edited.add(new Row(row.id(), row.text(), random.nextInt(10, 16)));
                    case 3 -> edited.add(new Row(random.nextInt(4) == 0 ? null : row.id(), row.text(), row.number()));
                    case 4 -> {
                        edited.add(row);
                        if (random.nextBoolean()) {
                            edited.add(random.nextBoolean() ? row : new Row(row.id(), "twin", row.number()));
                        }
                    }
                    default -> edited.add(row);
                }
            }
            int added = rows.isEmpty() ? 12 : random.nextInt(5);
            for (int i = 0; i < added; i++) {
                edited.add(new Row("k" + random.nextInt(24), "v" + random.nextInt(1_000), random.nextInt(10, 16)));
            }
            rows = edited;
        }

        private void save() throws SQLException {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement();
                        PreparedStatement insert =
                                connection.prepareStatement("insert into source_" + number + " values (?, ?, ?)")) {
                    statement.execute("truncate source_" + number);
                    for (Row row : rows) {
                        insert.setString(1, row.id());
                        insert.setString(2, row.text());
                        insert.setInt(3, row.number());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                connection.commit();
            }
        }
    }
}
