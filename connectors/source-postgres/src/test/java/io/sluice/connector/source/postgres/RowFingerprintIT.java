package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.StateId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a change where the database itself compares rows. */
class RowFingerprintIT {
    private static final StateId SYNC = new StateId(1, 2);

    private TestDatabase database;
    private SourceConnection source;
    private Bookkeeping bookkeeping;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.create();
        source = database.open();
        bookkeeping = source.bookkeeping().orElseThrow();
        bookkeeping.prepare(SYNC, 1, false);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        database.close();
    }

    @Test
    @DisplayName(
            "ENG-5, ENG-18: a state whose fingerprints have the earlier form is compared once and noted, nothing resent")
    void anEarlierFormIsRestated() throws Exception {
        // Given what a run of an earlier version left, and one row that has changed since
        database.run(
                "CREATE TABLE people (id int PRIMARY KEY, born date, name text)",
                "INSERT INTO people VALUES (1, '2001-02-03', 'a'), (2, NULL, NULL), (3, NULL, 'c')");
        database.run(
                "INSERT INTO sluice.accepted_w1_s2 SELECT id, md5(ROW(q.born, q.id, q.name)::text)::uuid, 1 FROM"
                        + " people AS q",
                "UPDATE people SET name = '' WHERE id = 2");

        // When
        List<DeltaRow> rows = diff("people", "born", "id", "name");

        // Then
        Map<DeltaRow.Kind, List<String>> kinds = rows.stream()
                .collect(Collectors.groupingBy(
                        DeltaRow::kind, Collectors.mapping(DeltaRow::identifier, Collectors.toList())));
        assertThat(kinds).containsOnlyKeys(DeltaRow.Kind.RESTATED, DeltaRow.Kind.CHANGED);
        assertThat(kinds.get(DeltaRow.Kind.RESTATED)).containsExactlyInAnyOrder("1", "3");
        assertThat(kinds.get(DeltaRow.Kind.CHANGED)).containsExactly("2");
        accept(rows);
        assertThat(diff("people", "born", "id", "name")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "text; NULL; ''",
                "text; 'a'; 'A'",
                "text; 'a'; 'a '",
                "char(3); 'a'; 'b'",
                "varchar; 'NULL'; NULL",
                "int; 1; 256",
                "smallint; -1; 1",
                "numeric; 1.0; 1.00",
                "numeric; 'NaN'; NULL",
                "float8; 0; '-0'",
                "float8; 0.1; 0.10000000000000002",
                "float4; 0.1; 0.10000001",
                "bool; true; NULL",
                "bytea; ''; '\\x00'",
                "uuid; 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'; 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'",
                "date; '2024-02-29'; 'infinity'",
                "time; '03:04:05'; '03:04:05.000001'",
                "timetz; '12:00+01'; '11:00+00'",
                "timestamp; '2024-01-02 03:04:05'; '2024-01-02 03:04:05.000001'",
                "timestamptz; '2024-01-02 03:04:05+00'; '2024-01-02 03:04:05+01'",
                "interval; '1 day'; '24 hours'",
                "json; '{\"a\":1}'; '{\"a\":2}'",
                "jsonb; '{\"a\":1}'; '{\"a\":1.0}'",
                "text[]; '{a,b}'; '{\"a,b\"}'",
                "text[]; '{NULL}'; '{\"NULL\"}'",
                "int[]; '{1,2}'; '{2,1}'",
                "inet; '10.0.0.1'; '10.0.0.2'",
                "int4range; '[1,5)'; '[1,6)'",
                "mood; 'sad'; 'happy'",
                "mood[]; '{sad}'; '{happy}'",
                "percent; 1; 2",
                "pair; '(1,a)'; '(1,b)'"
            })
    @DisplayName("ENG-3: a changed value of any type is found, and no other row is")
    void anyChangeIsFound(String type, String before, String after) throws Exception {
        database.run(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100)",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TABLE things (id int PRIMARY KEY, x text, v " + type + ", y text)",
                "INSERT INTO things VALUES (1, 'x', " + before + ", 'y'), (2, 'x', " + before + ", 'y')");
        accept(diff("things", "id", "v", "x", "y"));
        assertThat(diff("things", "id", "v", "x", "y")).isEmpty();

        database.run("UPDATE things SET v = " + after + " WHERE id = 2");

        assertThat(diff("things", "id", "v", "x", "y"))
                .extracting(DeltaRow::kind, DeltaRow::identifier)
                .containsExactly(tuple(DeltaRow.Kind.CHANGED, "2"));
    }

    @Test
    @DisplayName("ENG-3: a value that moves from one column to the next is a change")
    void aValueThatMovesIsAChange() throws Exception {
        database.run(
                "CREATE TABLE things (id int PRIMARY KEY, x text, y text)", "INSERT INTO things VALUES (1, 'a', NULL)");
        accept(diff("things", "id", "x", "y"));

        database.run("UPDATE things SET x = NULL, y = 'a'");

        assertThat(diff("things", "id", "x", "y")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"smallint, int", "int, bigint", "varchar(9), text", "text, varchar", "mood, text", "'int[]', 'bigint[]'"
    })
    @DisplayName("ENG-3: a column whose type grows within its family is not a change of every row")
    void aWiderTypeIsNoChange(String before, String after) throws Exception {
        database.run(
                "CREATE TYPE mood AS ENUM ('1', '2')",
                "CREATE TABLE things (id int PRIMARY KEY, v " + before + ")",
                "INSERT INTO things VALUES (1, '" + (before.endsWith("[]") ? "{1}" : "1") + "'), (2, NULL)");
        accept(diff("things", "id", "v"));

        database.run("ALTER TABLE things ALTER v TYPE " + after);

        assertThat(diff("things", "id", "v")).isEmpty();
    }

    private List<DeltaRow> diff(String table, String... columns) throws ConnectorException {
        List<DeltaRow> rows = new ArrayList<>();
        try (DeltaReader reader = bookkeeping.plan(new DeltaRequest(
                SYNC,
                new ReadRequest(database.table(table), List.of(columns), "id"),
                new DeltaRequest.Differences(),
                true))) {
            assertThat(reader.read(rows::add)).isPresent();
        }
        return rows;
    }

    private void accept(List<DeltaRow> rows) throws ConnectorException {
        bookkeeping.note(
                SYNC,
                1,
                rows.stream()
                        .<AcceptedChange>map(row -> new AcceptedChange.Stored(row.identifier(), row.fingerprint()))
                        .toList());
    }
}
