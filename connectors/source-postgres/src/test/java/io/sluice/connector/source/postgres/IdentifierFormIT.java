package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text form of identifiers, and when two of them are the same (KEY-8). */
class IdentifierFormIT {
    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.runAsSuperuser("CREATE EXTENSION citext");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-7 | -7",
                "1.50 | 1.50",
                "'it''s \"q\" \\ ü' | it's \"q\" \\ ü",
                "'a'::char(3) | a",
                "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "'\\x0aff'::bytea | \\x0aff",
                "'2024-01-02'::date | 2024-01-02",
                "'2024-01-02 03:04:05+01'::timestamptz | 2024-01-02T02:04:05Z",
                "true | true",
                "1e20::float8 | 1e+20",
                "'10.0.0.1'::inet | 10.0.0.1/32"
            })
    void isTheJsonFormWithoutQuotes(String expression, String identifier) throws Exception {
        assertThat(database.read(new SourceQuery.Sql("SELECT " + expression + " AS k"), "k", "k"))
                .extracting(TestDatabase.Row::identifier)
                .containsExactly(identifier);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES ('a'), ('A')",
                "VALUES ('a'::citext), ('A'::citext)",
                "VALUES (1.0), (1.00)",
                "VALUES ('a'), ('a '), (' a'), ('')",
                "VALUES ('0'::float8), ('-0'::float8)",
                "VALUES ('1 day'::interval), ('24 hours'::interval)",
                "VALUES (E'e\\u0301'), (E'\\u00e9')",
                "VALUES ('12:00+00'::timetz), ('13:00+01'::timetz)",
                "VALUES (NULL::text), (NULL), ('x')"
            })
    void differentTextsAreNotDuplicates(String values) throws Exception {
        assertThat(database.read(new SourceQuery.Sql("SELECT * FROM (" + values + ") AS v(k)"), "k", "k"))
                .extracting(TestDatabase.Row::duplicate)
                .containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES ('a'), ('a')",
                "VALUES (7), (7), (7)",
                "VALUES ('NaN'::float8), ('NaN')",
                "VALUES ('a'::char(2)), ('a '::char(5))",
                "VALUES ('2024-01-02 03:04:05+01'::timestamptz), ('2024-01-02 02:04:05+00')",
                "VALUES (''), ('')",
                "VALUES ('\\x00'::bytea), ('\\x00')"
            })
    void equalTextsAre(String values) throws Exception {
        assertThat(database.read(new SourceQuery.Sql("SELECT * FROM (" + values + ") AS v(k)"), "k", "k"))
                .extracting(TestDatabase.Row::duplicate)
                .containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{}'::jsonb", "'{}'::json", "ARRAY[1]"})
    void structuresCannotIdentify(String expression) {
        SourceQuery query = new SourceQuery.Sql("SELECT " + expression + " AS k");
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> database.read(query, "k", "k"))
                .withMessageContaining("IDENTIFIER_TYPE_UNSUPPORTED")
                .withMessageContaining("k");
    }

    @Test
    void nullIdentifiersAreNeverDuplicates() throws Exception {
        assertThat(database.read(new SourceQuery.Sql("SELECT NULL::int AS k FROM generate_series(1, 3)"), "k", "k"))
                .containsOnly(new TestDatabase.Row(null, "{\"k\":null}", false));
    }
}
