package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a reader with few rights sees, and that nothing can be changed. */
class AccessIT {
    private static TestDatabase database;
    private static String reader;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        reader = database.name() + "_reader";
        database.run(
                "CREATE TABLE open_table (id int, v varchar(7), n numeric(10,2))",
                "CREATE TABLE closed_table (id int)",
                "CREATE TABLE half_open (id int, secret text, shown text)",
                "CREATE VIEW a_view AS SELECT id FROM closed_table",
                "CREATE MATERIALIZED VIEW b_view AS SELECT id FROM closed_table",
                "CREATE TABLE c_parted (id int) PARTITION BY LIST (id)",
                "CREATE SEQUENCE a_sequence",
                "CREATE SCHEMA closed_schema",
                "CREATE TABLE closed_schema.t (id int)",
                "CREATE FUNCTION change() RETURNS int LANGUAGE sql AS 'INSERT INTO open_table VALUES (9) RETURNING id'");
        database.runAsSuperuser(
                "CREATE ROLE " + reader + " LOGIN PASSWORD 'reader'",
                "CREATE EXTENSION file_fdw",
                "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE d_foreign (id int) SERVER files OPTIONS (filename '/dev/null')",
                "GRANT SELECT ON open_table, a_view, b_view, c_parted, d_foreign, closed_schema.t TO " + reader,
                "GRANT SELECT (id, shown) ON half_open TO " + reader,
                "GRANT INSERT ON open_table TO " + reader);
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static SourceConnection open() throws ConnectorException {
        return TestDatabase.open(database.settings(Map.of("user", reader, "password", "reader")));
    }

    @Test
    void listsWhatMayBeReadInOrder() throws Exception {
        try (SourceConnection source = open()) {
            assertThat(source.objects())
                    .extracting(SourceObject::name)
                    .containsExactly("a_view", "b_view", "c_parted", "d_foreign", "half_open", "open_table");
            assertThat(source.objects()).allMatch(object -> object.catalog().equals(database.name()));
        }
    }

    @Test
    void describesTheColumnsThatMayBeRead() throws Exception {
        try (SourceConnection source = open()) {
            assertThat(source.columns(database.table("half_open")))
                    .extracting(SourceColumn::name)
                    .containsExactly("id", "shown");
            assertThat(source.columns(database.table("open_table")))
                    .extracting(SourceColumn::dataType)
                    .containsExactly("integer", "character varying(7)", "numeric(10,2)");
        }
    }

    @Test
    void whatMayNotBeReadIsNotThere() throws Exception {
        try (SourceConnection source = open()) {
            for (SourceObject object : List.of(
                    new SourceObject(database.name(), "public", "closed_table"),
                    new SourceObject(database.name(), "public", "a_sequence"),
                    new SourceObject(database.name(), "closed_schema", "t"),
                    new SourceObject("other_database", "public", "open_table"))) {
                assertCode("OBJECT_NOT_FOUND", source, new SourceQuery.Table(object));
            }
            assertCode("PERMISSION_DENIED", source, new SourceQuery.Sql("SELECT * FROM closed_table"));
        }
    }

    private static void assertCode(String code, SourceConnection source, SourceQuery query) {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> source.columns(query))
                .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo(code));
    }

    @Test
    void aColumnWithoutTheRightIsMissing() throws Exception {
        ReadRequest request = new ReadRequest(database.table("half_open"), List.of("id", "secret"), "id");
        try (SourceConnection source = open()) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> source.read(request).close())
                    .withMessageContaining("COLUMN_NOT_FOUND")
                    .withMessageContaining("secret");
        }
    }

    @Test
    void aQueryWithSideEffectsFailsWithoutThem() throws Exception {
        SourceQuery query = new SourceQuery.Sql("SELECT change() AS id");
        try (SourceConnection source = database.open();
                RecordReader rows = source.read(new ReadRequest(query, List.of("id"), "id"))) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> rows.read(row -> true))
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("QUERY_INVALID"));
        }
        assertThat(database.count("SELECT count(*) FROM open_table")).isZero();
    }

    @Test
    void queriesMayUseAnythingSqlOffers() throws Exception {
        for (String sql : List.of(
                "SELECT 1 AS id;",
                "  SELECT 1 AS id ; ; ",
                "SELECT 1 AS id -- done",
                "/* first */ SELECT 1 AS id",
                "WITH x AS (SELECT 1 AS id) SELECT * FROM x ORDER BY id LIMIT 1",
                "VALUES (1)",
                "SELECT ('{\"a\": 1}'::jsonb ? 'a')::int AS id",
                "SELECT $$1;2$$ AS id",
                "SELECT 'a;b' AS \"id;\"",
                "TABLE open_table")) {
            try (SourceConnection source = database.open()) {
                assertThat(source.columns(new SourceQuery.Sql(sql))).as(sql).isNotEmpty();
            }
        }
        assertThat(database.read(
                        new SourceQuery.Sql("SELECT ('{\"a\": 1}'::jsonb ? 'a') AS q, '?' AS id"), "id", "id", "q"))
                .containsExactly(new TestDatabase.Row("?", "{\"id\":\"?\",\"q\":true}", false));
    }
}
