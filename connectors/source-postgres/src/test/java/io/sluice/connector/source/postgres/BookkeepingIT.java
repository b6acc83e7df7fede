package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.StateId;
import io.sluice.operation.StateMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights, names, types and forgetting of the state in the source. */
class BookkeepingIT {
    private static final StateId SYNC = new StateId(1, 2);

    private TestDatabase database;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    @DisplayName(
            "SRC-9, SRC-11: a role that may read, and write one schema, keeps its state there and writes nothing else")
    void oneSchemaIsEnough() throws Exception {
        // Given
        String role = database.name() + "_keeper";
        database.run("CREATE TABLE people (id int PRIMARY KEY, name text)", "INSERT INTO people VALUES (1, 'a')");
        database.runAsSuperuser(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'keeper'",
                "GRANT SELECT ON people TO " + role,
                "CREATE SCHEMA \"Book's keeping\" AUTHORIZATION " + role);

        // When
        List<DeltaRow> rows;
        try (SourceConnection source = TestDatabase.open(database.settings(
                Map.of("user", role, "password", "keeper", "bookkeeping_schema", "Book's keeping")))) {
            assertThat(source.check(StateMode.WAREHOUSE).passed()).isTrue();
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            assertThat(bookkeeping.prepare(SYNC, 1, false)).isFalse();
            assertThat(bookkeeping.prepare(SYNC, 2, false)).isTrue();
            rows = diff(bookkeeping, database.table("people"), "id", "id", "name");
            bookkeeping.apply(
                    SYNC,
                    new LogPosition(0, 2, 7),
                    List.of(new AcceptedChange.Stored("1", rows.getFirst().fingerprint())));
            assertThat(diff(bookkeeping, database.table("people"), "id", "id", "name"))
                    .isEmpty();

            // Then
            assertThat(source.objects()).extracting(SourceObject::name).containsExactly("people");
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> source.columns(new SourceQuery.Table(
                            new SourceObject(database.name(), "Book's keeping", "accepted_w1_s2"))))
                    .satisfies(refused -> assertThat(refused.error().code()).isEqualTo("OBJECT_NOT_FOUND"))
                    .withMessageContaining("bookkeeping_schema");
        }
        assertThat(rows).extracting(DeltaRow::kind).containsExactly(DeltaRow.Kind.ADDED);
        assertThat(database.count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE pg_get_userbyid(c.relowner) = '" + role + "' AND n.nspname NOT LIKE 'pg\\_toast%'"
                        + " AND n.nspname <> 'Book''s keeping'"))
                .isZero();
    }

    @Test
    @DisplayName("SRC-8: first runs of many syncs that begin together make schema and tables once")
    void beginningTogether() throws Exception {
        // Given one connection for each of eight syncs
        List<SourceConnection> sources = new ArrayList<>();
        for (int sync = 0; sync < 8; sync++) {
            sources.add(database.open());
        }

        // When all prepare at the same time
        CyclicBarrier start = new CyclicBarrier(sources.size());
        List<Future<Boolean>> known = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(sources.size())) {
            for (int sync = 0; sync < sources.size(); sync++) {
                Bookkeeping bookkeeping = sources.get(sync).bookkeeping().orElseThrow();
                StateId key = new StateId(1, sync + 1L);
                known.add(threads.submit(() -> {
                    start.await();
                    return bookkeeping.prepare(key, 1, false);
                }));
            }
        }

        // Then none fails, and none finds a state
        for (Future<Boolean> each : known) {
            assertThat(each.get()).isFalse();
        }
        assertThat(database.count("SELECT count(*) FROM pg_tables WHERE schemaname = 'sluice'"))
                .isEqualTo(1 + sources.size());
        for (SourceConnection source : sources) {
            source.close();
        }
    }

    @Test
    @DisplayName("SRC-19: the connection test says which right is missing, and leaves nothing behind")
    void theTestNamesTheMissingRight() throws Exception {
        String role = database.name() + "_reader";
        database.runAsSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD 'reader'");
        try (SourceConnection source =
                TestDatabase.open(database.settings(Map.of("user", role, "password", "reader")))) {
            ConnectionCheck check = source.check(StateMode.WAREHOUSE);

            assertThat(check.steps().getLast()).isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> {
                assertThat(failed.name()).isEqualTo("Write bookkeeping schema");
                assertThat(failed.error().code()).isEqualTo("BOOKKEEPING_NOT_WRITABLE");
                assertThat(failed.error().message()).contains("create schema", role);
            });
            assertThat(source.check(StateMode.PLATFORM).passed()).isTrue();
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> source.bookkeeping().orElseThrow().prepare(SYNC, 1, false))
                    .withMessageContaining("BOOKKEEPING_NOT_WRITABLE");
        }
        try (SourceConnection source = database.open()) {
            assertThat(source.check(StateMode.WAREHOUSE).passed()).isTrue();
        }
        assertThat(database.count("SELECT count(*) FROM pg_namespace WHERE nspname = 'sluice'"))
                .isZero();
    }

    @Test
    @DisplayName(
            "KEY-12: a state is forgotten once per run, so that a second attempt keeps what the first one accepted")
    void forgottenOncePerRun() throws Exception {
        database.run("CREATE TABLE people (id int PRIMARY KEY)", "INSERT INTO people VALUES (1), (2)");
        try (SourceConnection source = database.open()) {
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            bookkeeping.prepare(SYNC, 1, false);
            accept(bookkeeping, 1, diff(bookkeeping, database.table("people"), "id", "id"));

            assertThat(bookkeeping.prepare(SYNC, 2, true)).isFalse();
            List<DeltaRow> all = diff(bookkeeping, database.table("people"), "id", "id");
            assertThat(all).extracting(DeltaRow::kind).containsOnly(DeltaRow.Kind.ADDED);
            accept(bookkeeping, 2, all);
            assertThat(bookkeeping.prepare(SYNC, 2, true)).isTrue();

            assertThat(diff(bookkeeping, database.table("people"), "id", "id")).isEmpty();
            bookkeeping.note(SYNC, 3, List.of(new AcceptedChange.Dropped("2")));
            assertThat(diff(bookkeeping, database.table("people"), "id", "id"))
                    .extracting(DeltaRow::identifier)
                    .containsExactly("2");
        }
    }

    @Test
    @DisplayName("KEY-8: a key column whose type changes keeps its records where their text stays the same")
    void aWiderKeyKeepsItsRecords() throws Exception {
        database.run("CREATE TABLE people (id int PRIMARY KEY)", "INSERT INTO people VALUES (1), (2)");
        try (SourceConnection source = database.open()) {
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            bookkeeping.prepare(SYNC, 1, false);
            accept(bookkeeping, 1, diff(bookkeeping, database.table("people"), "id", "id"));
            for (String type : List.of("bigint", "numeric", "text")) {
                database.run("ALTER TABLE people ALTER id TYPE " + type);

                assertThat(diff(bookkeeping, database.table("people"), "id", "id"))
                        .as(type)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-7::int2",
                "7::int8",
                "1.50",
                "'NaN'::numeric",
                "'it''s \"q\" \\ ü'",
                "''",
                "'a'::char(3)",
                "true",
                "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid",
                "'\\x0aff'::bytea",
                "'2024-02-29'::date",
                "'0044-03-15 BC'::date",
                "'infinity'::date",
                "'03:04:05'::time",
                "'03:04:05.5'::time",
                "'24:00:00'::time",
                "'2024-01-02 03:04:05'::timestamp",
                "'2024-01-02 03:04:05.000001'::timestamp",
                "'0044-03-15 12:00:00.25 BC'::timestamp",
                "'10000-01-01 00:00:00'::timestamp",
                "'-infinity'::timestamp",
                "'2024-01-02 03:04:05+01'::timestamptz",
                "'0001-01-01 00:00:00.5+00 BC'::timestamptz",
                "'infinity'::timestamptz",
                "1e20::float8",
                "0.1::float4",
                "'-0'::float8",
                "'Infinity'::float8",
                "'10.0.0.1'::inet",
                "int4range(1, 5)",
                "'1'::oid",
                "'x'::name"
            })
    @DisplayName("KEY-8: the database spells identifiers exactly as they travel")
    void identifiersAreSpelledAlike(String expression) throws Exception {
        database.run("CREATE TABLE keys AS SELECT " + expression + " AS k");
        try (SourceConnection source = database.open()) {
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            bookkeeping.prepare(SYNC, 1, false);
            accept(bookkeeping, 1, diff(bookkeeping, database.table("keys"), "k", "k"));

            assertThat(diff(bookkeeping, database.table("keys"), "k", "k")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'1 day'::interval", "'12:00+01'::timetz"})
    void identifiersThatCannotBeSpelledAreRefused(String expression) throws Exception {
        try (SourceConnection source = database.open()) {
            Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
            bookkeeping.prepare(SYNC, 1, false);
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(
                            () -> diff(bookkeeping, new SourceQuery.Sql("SELECT " + expression + " AS k"), "k", "k"))
                    .withMessageContaining("IDENTIFIER_TYPE_UNSUPPORTED");
        }
    }

    private static List<DeltaRow> diff(Bookkeeping bookkeeping, SourceQuery query, String key, String... columns)
            throws ConnectorException {
        List<DeltaRow> rows = new ArrayList<>();
        try (DeltaReader reader = bookkeeping.plan(new DeltaRequest(
                SYNC, new ReadRequest(query, List.of(columns), key), new DeltaRequest.Differences(), true))) {
            assertThat(reader.read(rows::add)).isPresent();
        }
        return rows;
    }

    private static void accept(Bookkeeping bookkeeping, long run, List<DeltaRow> rows) throws ConnectorException {
        bookkeeping.apply(
                SYNC,
                new LogPosition(0, run, 1),
                rows.stream()
                        .<AcceptedChange>map(row -> new AcceptedChange.Stored(row.identifier(), row.fingerprint()))
                        .toList());
    }
}
