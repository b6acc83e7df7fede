package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.DeltaRow.Kind;
import io.sluice.connector.source.DeltaSink;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.StateId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories of a source and of what the destination accepted, each diff compared with an oracle in memory. */
class BookkeepingHistoriesIT {
    private static final int RUNS = 12;
    private static final StateId SYNC = new StateId(3, 14);
    private static final List<String> COLUMNS = List.of("id", "n", "note", "tags");

    /** What the oracle knows of a record; a null payload is a destination nobody is sure of. */
    private record Accepted(String payload, long run) {}

    /** A row of the diff as it is compared. */
    private record Difference(Kind kind, String identifier, String payload) {}

    private final Map<String, Accepted> accepted = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "a table with a primary key, t, true, 1",
        "a table whose identifiers repeat, t, false, 2",
        "a table whose identifiers repeat, t, false, 3",
        "a view, v, false, 4",
        "a query, q, false, 5"
    })
    @DisplayName("ENG-3, KEY-5, KEY-6, KEY-9: every diff is the oracle's, whatever is read")
    void everyDiffIsTheOracles(String what, String object, boolean keyed, long seed) throws Exception {
        Random random = new Random(seed);
        try (TestDatabase database = TestDatabase.create();
                SourceConnection source = database.open()) {
            database.run(
                    "CREATE TABLE t (id int" + (keyed ? " PRIMARY KEY" : "") + ", n numeric, note text, tags text[])",
                    "CREATE VIEW v AS SELECT * FROM t");
            SourceQuery query =
                    object.equals("q") ? new SourceQuery.Sql("SELECT * FROM t -- all of it") : database.table(object);
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            for (long run = 1; run <= RUNS; run++) {
                change(database, random, keyed);
                boolean full = random.nextInt(6) == 0;
                long since = full && random.nextBoolean() ? run - 1 : run;
                bookkeeping.prepare(SYNC, run, false);

                check(database, bookkeeping, query, random, run, full, since);
            }
        }
    }

    private void check(
            TestDatabase database,
            Bookkeeping bookkeeping,
            SourceQuery query,
            Random random,
            long run,
            boolean full,
            long since)
            throws ConnectorException {
        List<TestDatabase.Row> rows = database.read(query, "id", COLUMNS.toArray(String[]::new));
        List<DeltaRow> found = new ArrayList<>();
        DeltaRequest.Scope scope = full ? new DeltaRequest.Everything(since) : new DeltaRequest.Differences();
        DeltaReader.Counts counts;
        Set<String> present = rows.stream()
                .map(TestDatabase.Row::identifier)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        long gone =
                accepted.keySet().stream().filter(id -> !present.contains(id)).count();
        try (DeltaReader reader =
                bookkeeping.plan(new DeltaRequest(SYNC, new ReadRequest(query, COLUMNS, "id"), scope, true))) {
            counts = reader.read(new DeltaSink() {
                        @Override
                        public boolean accept(DeltaRow row) {
                            return found.add(row);
                        }

                        @Override
                        public boolean wantsRemoved(long removed, long known) {
                            assertThat(removed).isEqualTo(gone);
                            assertThat(known).isEqualTo(accepted.size());
                            assertThat(found).noneMatch(row -> row.kind() == Kind.REMOVED);
                            return true;
                        }
                    })
                    .orElseThrow();
        }
        List<Difference> wanted = expected(rows, present, full, since);
        assertThat(found.stream().map(BookkeepingHistoriesIT::difference))
                .as("run %s", run)
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(counts.sourceRecords()).isEqualTo(rows.size());
        assertThat(counts.known()).isEqualTo(accepted.size());
        assertThat(counts.unchanged())
                .isEqualTo(rows.size()
                        - wanted.stream()
                                .filter(difference -> difference.kind() != Kind.REMOVED)
                                .count());
        answer(bookkeeping, found, random, run);
    }

    private List<Difference> expected(List<TestDatabase.Row> rows, Set<String> present, boolean full, long since) {
        List<Difference> expected = new ArrayList<>();
        for (TestDatabase.Row row : rows) {
            Accepted known = accepted.get(row.identifier());
            if (row.identifier() == null) {
                expected.add(new Difference(Kind.NULL_IDENTIFIER, null, row.payload()));
            } else if (row.duplicate()) {
                expected.add(new Difference(Kind.DUPLICATE_IDENTIFIER, row.identifier(), row.payload()));
            } else if (known == null) {
                expected.add(new Difference(Kind.ADDED, row.identifier(), row.payload()));
            } else if (full && known.run() < since) {
                expected.add(new Difference(Kind.RESENT, row.identifier(), row.payload()));
            } else if (!row.payload().equals(known.payload())) {
                expected.add(new Difference(Kind.CHANGED, row.identifier(), row.payload()));
            }
        }
        accepted.keySet().stream()
                .filter(identifier -> !present.contains(identifier))
                .forEach(identifier -> expected.add(new Difference(Kind.REMOVED, identifier, null)));
        return expected;
    }

    /** The destination accepts some, rejects some, and of a few nobody knows. */
    private void answer(Bookkeeping bookkeeping, List<DeltaRow> found, Random random, long run)
            throws ConnectorException {
        List<AcceptedChange> changes = new ArrayList<>();
        for (DeltaRow row : found) {
            int luck = random.nextInt(10);
            if (row.kind() == Kind.REMOVED && luck < 7) {
                changes.add(new AcceptedChange.Dropped(row.identifier()));
                accepted.remove(row.identifier());
            } else if (isValid(row) && luck == 9) {
                changes.add(new AcceptedChange.Doubted(row.identifier(), row.fingerprint()));
                accepted.computeIfPresent(
                        row.identifier(),
                        (id, known) ->
                                text(row.payload()).equals(known.payload()) ? new Accepted(null, known.run()) : known);
            } else if (isValid(row) && luck < 8) {
                boolean known = luck < 7;
                changes.add(new AcceptedChange.Stored(row.identifier(), known ? row.fingerprint() : null));
                accepted.put(row.identifier(), new Accepted(known ? text(row.payload()) : null, run));
            }
        }
        int half = changes.size() / 2;
        bookkeeping.apply(SYNC, new LogPosition(0, run, 10), changes.subList(0, half));
        bookkeeping.apply(SYNC, new LogPosition(0, run, 20), changes.subList(half, changes.size()));
        // an echo of the first half, and of an earlier run, must not be heard
        bookkeeping.apply(SYNC, new LogPosition(0, run, 10), changes.subList(0, half));
        bookkeeping.apply(SYNC, new LogPosition(0, run - 1, 99), List.of(new AcceptedChange.Stored("echo", null)));
    }

    private static boolean isValid(DeltaRow row) {
        return row.kind() == Kind.ADDED || row.kind() == Kind.CHANGED || row.kind() == Kind.RESENT;
    }

    private static void change(TestDatabase database, Random random, boolean keyed) throws SQLException {
        for (int step = 0; step < 12; step++) {
            int id = random.nextInt(30);
            String values = random.nextInt(4) + (random.nextBoolean() ? ".0" : "") + ", "
                    + (random.nextInt(5) == 0 ? "NULL" : "'note " + random.nextInt(3) + "'") + ", ARRAY['" + id + "']";
            switch (random.nextInt(8)) {
                case 0, 1 -> database.run("DELETE FROM t WHERE id = " + id);
                case 2, 3 -> database.run("UPDATE t SET (n, note, tags) = (" + values + ") WHERE id = " + id);
                case 4 ->
                    database.run(
                            keyed
                                    ? "UPDATE t SET note = NULL WHERE id = " + id
                                    : "INSERT INTO t VALUES (NULL, " + values + ")");
                case 5 -> database.run("DELETE FROM t WHERE id IS NULL OR id = " + id);
                default ->
                    database.run(
                            keyed
                                    ? "INSERT INTO t VALUES (" + id + ", " + values + ") ON CONFLICT DO NOTHING"
                                    : "INSERT INTO t VALUES (" + id + ", " + values + ")");
            }
        }
    }

    private static Difference difference(DeltaRow row) {
        return new Difference(row.kind(), row.identifier(), row.payload() == null ? null : text(row.payload()));
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
