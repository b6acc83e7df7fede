package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.CompoundKey;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.ReadWindow;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.StateId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KEY-3: several columns that together identify a row, computed by the database. */
class CompoundKeyIT {
    private static final String KEY = "compound_key";
    private static final StateId SYNC = new StateId(5, 9);

    private TestDatabase database;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private static ReadRequest request(SourceQuery query, Optional<ReadWindow> window, String... parts) {
        List<String> columns =
                Stream.concat(Stream.of(parts), Stream.of(KEY)).sorted().toList();
        return new ReadRequest(query, columns, KEY, window, Optional.of(new CompoundKey(KEY, List.of(parts))));
    }

    private List<TestDatabase.Row> read(ReadRequest request) throws ConnectorException {
        List<TestDatabase.Row> rows = new ArrayList<>();
        try (SourceConnection source = database.open();
                RecordReader reader = source.read(request)) {
            reader.read(row -> rows.add(new TestDatabase.Row(
                    row.identifier(), new String(row.payload(), StandardCharsets.UTF_8), row.duplicate())));
        }
        return rows;
    }

    private List<TestDatabase.Row> read(SourceQuery query, String... parts) throws ConnectorException {
        return read(request(query, Optional.empty(), parts));
    }

    @Test
    @DisplayName("The key is text in the payload; a part that is null makes it null; all rows of a key are duplicates")
    void keyIsPartOfThePayload() throws Exception {
        database.run(
                "CREATE TABLE stock (shop text, item int, at timestamptz)",
                "INSERT INTO stock VALUES ('a|', 1, '2026-01-02 03:04Z'), ('a', 1, NULL), (NULL, 1, '2026-01-01Z'),"
                        + " ('b', 2, '2026-01-01Z'), ('b', 2, '2026-01-01Z')");

        assertThat(read(database.table("stock"), "shop", "item"))
                .contains(
                        new TestDatabase.Row(
                                "a\\||1", "{\"compound_key\":\"a\\\\||1\",\"item\":1,\"shop\":\"a|\"}", false),
                        new TestDatabase.Row(null, "{\"compound_key\":null,\"item\":1,\"shop\":null}", false))
                .filteredOn(TestDatabase.Row::duplicate)
                .extracting(TestDatabase.Row::identifier)
                .containsExactly("b|2", "b|2");
        assertThat(read(new SourceQuery.Sql("SELECT * FROM stock -- all"), "at", "shop"))
                .extracting(TestDatabase.Row::identifier)
                .containsExactlyInAnyOrder(
                        "2026-01-02T03:04:00Z|a\\|", null, null, "2026-01-01T00:00:00Z|b", "2026-01-01T00:00:00Z|b");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    @DisplayName("Different rows never share a key, equal rows always do, and the database joins as CompoundKey says")
    void keysAreAsDifferentAsTheirRows(int parts) throws Exception {
        String[] names = IntStream.range(0, parts).mapToObj(i -> "p" + i).toArray(String[]::new);
        database.run("CREATE TABLE tuples (" + String.join(" text, ", names) + " text)");
        Random random = new Random(parts);
        Map<List<String>, Integer> tuples = new HashMap<>();
        try (PreparedStatement insert = database.connection()
                .prepareStatement("INSERT INTO tuples VALUES (" + "?, ".repeat(parts - 1) + "?)")) {
            for (int row = 0; row < 3_000; row++) {
                List<String> tuple = new ArrayList<>();
                for (int part = 0; part < parts; part++) {
                    tuple.add(word(random));
                    insert.setString(part + 1, tuple.get(part));
                }
                tuples.merge(tuple, 1, Integer::sum);
                insert.addBatch();
            }
            insert.executeBatch();
        }

        Map<String, Integer> read = new HashMap<>();
        read(database.table("tuples"), names).forEach(row -> {
            read.merge(String.valueOf(row.identifier()), 1, Integer::sum);
        });

        Map<String, Integer> expected = new HashMap<>();
        tuples.forEach((tuple, count) -> expected.merge(
                tuple.stream().anyMatch(Objects::isNull) ? "null" : CompoundKey.text(tuple), count, Integer::sum));
        assertThat(read).isEqualTo(expected);
        long whole = tuples.keySet().stream()
                .filter(tuple -> tuple.stream().allMatch(Objects::nonNull))
                .count();
        assertThat(read.keySet().stream().filter(key -> !key.equals("null"))).hasSize((int) whole);
    }

    /** Short words of the dangerous characters, so that many tuples nearly meet. */
    private static String word(Random random) {
        if (random.nextInt(20) == 0) {
            return null;
        }
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            word.append("|\\aé'".charAt(random.nextInt(5)));
        }
        return word.toString();
    }

    @ParameterizedTest
    @CsvSource({"a b, true", "b a, true", "a b c, true", "a c, false", "b c, false", "c d, true"})
    @DisplayName("An index that is unique on columns of the key proves it to be unique")
    void provenByAnIndexOnItsColumns(String columns, boolean proven) throws Exception {
        database.run(
                "CREATE TABLE keyed (a int, b text, c int, d int UNIQUE, PRIMARY KEY (a, b) INCLUDE (c))",
                "CREATE INDEX ON keyed (c)");
        try (Session session = Session.on(database.connection())) {
            Relation relation = new RelationFinder(session, "sluice").find(database.table("keyed"));
            assertThat(UniqueIdentifier.isProven(session, relation, List.of(columns.split(" "))))
                    .isEqualTo(proven);
        } finally {
            database.close();
            database = database.again();
        }
    }

    @Test
    @DisplayName("The database's own diff finds added, changed, removed, duplicate and null keys")
    void diffInTheDatabase() throws Exception {
        database.run(
                "CREATE TABLE stock (shop text, item int, n int)",
                "INSERT INTO stock VALUES ('x', 1, 1), ('x', 2, 1), ('y', 1, 1), ('y|1', 1, 1)");
        try (SourceConnection source = database.open()) {
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            bookkeeping.prepare(SYNC, 1, false);
            List<DeltaRow> first = diff(bookkeeping);
            assertThat(first).hasSize(4).allMatch(row -> row.kind() == DeltaRow.Kind.ADDED);
            bookkeeping.apply(
                    SYNC,
                    new LogPosition(0, 1, 1),
                    first.stream()
                            .<AcceptedChange>map(row -> new AcceptedChange.Stored(row.identifier(), row.fingerprint()))
                            .toList());
            assertThat(diff(bookkeeping)).isEmpty();

            database.run(
                    "UPDATE stock SET n = 2 WHERE shop = 'x' AND item = 2",
                    "DELETE FROM stock WHERE shop = 'y|1'",
                    "INSERT INTO stock VALUES ('y', 1, 7), (NULL, 3, 1), ('z', 1, 1)");
            assertThat(diff(bookkeeping))
                    .extracting(row -> row.kind() + " " + row.identifier())
                    .containsExactlyInAnyOrder(
                            "CHANGED x|2",
                            "REMOVED y\\|1|1",
                            "DUPLICATE_IDENTIFIER y|1",
                            "DUPLICATE_IDENTIFIER y|1",
                            "NULL_IDENTIFIER null",
                            "ADDED z|1");
        }
    }

    private List<DeltaRow> diff(Bookkeeping bookkeeping) throws ConnectorException {
        ReadRequest request = new ReadRequest(
                database.table("stock"),
                List.of(KEY, "n"),
                KEY,
                Optional.empty(),
                Optional.of(new CompoundKey(KEY, List.of("shop", "item"))));
        List<DeltaRow> rows = new ArrayList<>();
        try (DeltaReader reader =
                bookkeeping.plan(new DeltaRequest(SYNC, request, new DeltaRequest.Differences(), true))) {
            assertThat(reader.read(rows::add)).isPresent();
        }
        return rows;
    }

    @Test
    @DisplayName("BEH-20: a window and a compound key go together")
    void windows() throws Exception {
        database.run(
                "CREATE TABLE event (day date, number int, at int)",
                "INSERT INTO event VALUES ('2026-01-01', 1, 1), ('2026-01-01', 2, 2), ('2026-01-02', 1, 3)");
        ReadWindow window = new ReadWindow("at", Optional.of("2"), 0, false);

        assertThat(read(request(database.table("event"), Optional.of(window), "day", "number")))
                .extracting(TestDatabase.Row::identifier)
                .containsExactly("2026-01-01|2");
    }

    @Test
    void whatCannotBeAKeyIsNamed() throws Exception {
        database.run("CREATE TABLE odd (a int, b jsonb, c interval, compound_key int)", "CREATE TABLE plain (a int)");
        assertRefused(database.table("odd"), "COMPOUND_KEY_NAME_TAKEN", "a", "c");
        assertRefused(new SourceQuery.Sql("SELECT a, b FROM odd"), "IDENTIFIER_TYPE_UNSUPPORTED", "a", "b");
        assertRefused(new SourceQuery.Sql("SELECT a, c FROM odd"), "IDENTIFIER_TYPE_UNSUPPORTED", "a", "c");
        assertRefused(database.table("plain"), "COLUMN_NOT_FOUND", "a", "gone");
    }

    private void assertRefused(SourceQuery query, String code, String... parts) {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> read(query, parts))
                .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(code));
    }

    @Test
    @DisplayName("Columns of a collation that folds case are still told apart")
    void foldingCollations() throws Exception {
        database.run(
                "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE people (name text COLLATE folding, town varchar(9))",
                "INSERT INTO people VALUES ('ann', 'x'), ('ANN', 'x')");

        assertThat(read(database.table("people"), "name", "town"))
                .containsExactlyInAnyOrder(
                        new TestDatabase.Row(
                                "ann|x", "{\"compound_key\":\"ann|x\",\"name\":\"ann\",\"town\":\"x\"}", false),
                        new TestDatabase.Row(
                                "ANN|x", "{\"compound_key\":\"ANN|x\",\"name\":\"ANN\",\"town\":\"x\"}", false));
    }
}
