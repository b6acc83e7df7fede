package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.postgres.TestDatabase.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Duplicates are found whatever the relation is and whatever its indexes promise. */
class DuplicatesIT {
    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.run(
                "CREATE TABLE keyed (id int PRIMARY KEY, code text UNIQUE, note text)",
                "INSERT INTO keyed VALUES (1, 'a', 'n'), (2, NULL, 'n'), (3, NULL, 'm')",
                // Indexes that prove nothing: partial, over two columns, over an expression, not unique.
                "CREATE TABLE plain (a int, b int, c int, d text)",
                "INSERT INTO plain VALUES (1, 1, 1, 'x'), (1, 2, 1, 'X'), (2, 3, 2, NULL)",
                "CREATE UNIQUE INDEX ON plain (a) WHERE b > 1",
                "CREATE UNIQUE INDEX ON plain (c, b)",
                "CREATE UNIQUE INDEX ON plain ((lower(d) || b))",
                "CREATE INDEX ON plain (b)",
                // The key of a parent says nothing of its heirs.
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE heir () INHERITS (parent)",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO heir VALUES (1), (2)",
                "CREATE TABLE parted (id int PRIMARY KEY, v int) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "INSERT INTO parted VALUES (1, 5), (11, 5), (12, 6)",
                "CREATE VIEW seen AS SELECT a, d FROM plain",
                "CREATE MATERIALIZED VIEW kept AS SELECT a, d FROM plain");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "keyed, id, 0",
        "keyed, code, 0",
        "keyed, note, 2",
        "plain, a, 2",
        "plain, b, 0",
        "plain, c, 2",
        "plain, d, 0",
        "parent, id, 2",
        "parted, id, 0",
        "parted, v, 2",
        "seen, a, 2",
        "seen, d, 0",
        "kept, a, 2"
    })
    void areMarked(String table, String identifier, long marked) throws Exception {
        List<Row> rows = database.read(database.table(table), identifier, identifier);

        assertThat(rows).hasSize(3);
        assertThat(rows.stream().filter(Row::duplicate).count()).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource({
        "keyed, id, true",
        "keyed, code, true",
        "keyed, note, false",
        "plain, a, false",
        "plain, b, false",
        "plain, c, false",
        "parent, id, false",
        "heir, id, false",
        "parted, id, true",
        "parted, v, false",
        "seen, a, false"
    })
    void areRuledOutByASingleUnconditionalIndexOnly(String table, String column, boolean proven) throws Exception {
        try (Session session = Session.on(database.connection())) {
            Relation relation = new RelationFinder(session, "sluice").find(database.table(table));
            assertThat(UniqueIdentifier.isProven(session, relation, List.of(column)))
                    .isEqualTo(proven);
        } finally {
            reopen();
        }
    }

    private static void reopen() throws Exception {
        database.close();
        database = database.again();
    }

    /** A query that gives other rows each time is run once: marks and rows agree. */
    @Test
    void areThoseOfTheRowsThatWereRead() throws Exception {
        SourceQuery volatileQuery =
                new SourceQuery.Sql("SELECT (random() * 2000)::int AS k, i FROM generate_series(1, 2000) AS i");

        List<Row> rows = database.read(volatileQuery, "k", "i", "k");

        Map<String, Long> counts = rows.stream().collect(Collectors.groupingBy(Row::identifier, Collectors.counting()));
        assertThat(rows).hasSize(2000).allMatch(row -> row.duplicate() == counts.get(row.identifier()) > 1);
        assertThat(rows).anyMatch(Row::duplicate).anyMatch(row -> !row.duplicate());
    }
}
