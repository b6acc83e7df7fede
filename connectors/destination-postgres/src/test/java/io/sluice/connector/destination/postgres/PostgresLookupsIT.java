package io.sluice.connector.destination.postgres;

import static io.sluice.connector.destination.postgres.TestDatabase.ALONE;
import static io.sluice.connector.destination.postgres.TestDatabase.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DST-7: columns that get the key of the row their value finds. */
class PostgresLookupsIT {
    private static final List<String> FIELDS = List.of("id", "name", "country", "manager");
    private static final Map<String, WritePlan.Lookup> LOOKUPS = Map.of(
            "country", new WritePlan.Lookup("public.countries", "code"),
            "manager", new WritePlan.Lookup("public.people", "name"));

    private TestDatabase database;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        database.execute(
                "create table countries (number smallint primary key, code varchar(2), area numeric, tags text[],"
                        + " facts jsonb)");
        database.execute("insert into countries values (1, 'de', 357.0), (2, 'fr', 643.8), (3, 'xx', 1), (4, 'xx', 1)");
        database.execute("create table people (id int primary key, name text, country smallint references countries,"
                + " manager int references people, sluice_ordinal text, plain int check (plain <> 13))");
        database.execute("insert into people values (100, 'boss'), (101, 'twin'), (102, 'twin')");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private BatchResult write(OperationKind kind, DestinationRecord... records) throws Exception {
        return write(kind, FIELDS, LOOKUPS, List.of(records));
    }

    private BatchResult write(
            OperationKind kind,
            List<String> fields,
            Map<String, WritePlan.Lookup> lookups,
            List<DestinationRecord> records)
            throws Exception {
        try (DestinationWriter writer = database.connection()
                .openWriter(TestDatabase.plan("public.people", fields).withLookups(lookups))) {
            return writer.write(new DestinationBatch(kind, records));
        }
    }

    private List<List<String>> people() {
        return database.rows("select id, name, country, manager from people where id < 100 order by id");
    }

    private static String reason(BatchResult result, int index) {
        return ((AttemptResult.Rejected)
                        ((BatchResult.PerRecord) result).results().get(index))
                .reason();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSERT", "INSERT"})
    @DisplayName(
            "Found keys are written, also of the table itself; null stays null; none and several reject their record")
    void keysAreFound(OperationKind kind) throws Exception {
        BatchResult result = write(
                kind,
                sent(1, "ann", "de", "boss"),
                sent(2, "bob", null, null),
                sent(3, "cid", "nowhere", "boss"),
                sent(4, "dan", "xx", "boss"),
                sent(5, "eve", "fr", "twin"),
                sent(6, "flo", "fr", "nobody"),
                sent(7, "gil", "fr", null));

        assertThat(people())
                .containsExactly(
                        List.of("1", "ann", "1", "100"),
                        Arrays.asList("2", "bob", null, null),
                        Arrays.asList("7", "gil", "2", null));
        assertThat(((BatchResult.PerRecord) result).results())
                .extracting(answer -> answer instanceof AttemptResult.Accepted)
                .containsExactly(true, true, false, false, false, false, true);
        assertThat(reason(result, 2))
                .isEqualTo("LOOKUP_NOT_FOUND: field country: no record of public.countries has this code");
        assertThat(reason(result, 3))
                .isEqualTo("LOOKUP_AMBIGUOUS: field country: several records of public.countries have this code");
        assertThat(reason(result, 4)).startsWith("LOOKUP_AMBIGUOUS: field manager");
        assertThat(reason(result, 5))
                .isEqualTo("LOOKUP_NOT_FOUND: field manager: no record of public.people has this name");
    }

    @Test
    @DisplayName("Updates find keys as well; one without a match in the table says so, one without a key is not tried")
    void updates() throws Exception {
        write(OperationKind.UPSERT, sent(1, "ann", "de", null), sent(2, "bob", "de", "boss"));

        BatchResult result = write(
                OperationKind.UPDATE,
                sent(1, "ann", "fr", "boss"),
                sent(2, "bob", ALONE, null),
                sent(3, "cid", "fr", null),
                sent(1, "ann", "zz", "boss"));

        assertThat(people()).containsExactly(List.of("1", "ann", "2", "100"), Arrays.asList("2", "bob", "1", null));
        assertThat(reason(result, 2)).isEqualTo(BatchJob.NO_MATCH);
        assertThat(reason(result, 3)).startsWith("LOOKUP_NOT_FOUND: field country");
    }

    @Test
    @DisplayName("A bad value elsewhere in the batch, which is then written in pieces, changes nothing about lookups")
    void piecesToo() throws Exception {
        List<DestinationRecord> records = new ArrayList<>();
        for (int id = 1; id < 80; id++) {
            Object plain = id == 30 ? "thirty" : Integer.valueOf(id == 60 ? 13 : id);
            records.add(sent(id, id % 10 == 0 ? "zz" : id % 2 == 0 ? "fr" : "de", plain));
        }
        BatchResult result = write(
                OperationKind.UPSERT,
                List.of("id", "country", "plain"),
                Map.of("country", LOOKUPS.get("country")),
                records);

        assertThat(database.row("select count(*), count(*) filter (where country = 2), sum(country) from people"
                        + " where id < 100"))
                .containsExactly("71", "32", "103");
        assertThat(reason(result, 12)).contains("check constraint");
        assertThat(reason(result, 19)).startsWith("LOOKUP_NOT_FOUND");
        assertThat(reason(result, 29)).contains("thirty");
        assertThat(reason(result, 59)).startsWith("LOOKUP_NOT_FOUND");
    }

    @Test
    @DisplayName("A foreign key is claimed with the columns that find its rows; nothing else is")
    void claims() throws Exception {
        DestinationObject people = database.connection().objects().stream()
                .filter(object -> object.fullName().equals("public.people"))
                .findFirst()
                .orElseThrow();
        assertThat(people.field("country").orElseThrow().lookup())
                .contains(new DestinationField.Lookup(
                        "public.countries",
                        Map.of(
                                "number", DestinationField.Type.INTEGER,
                                "code", DestinationField.Type.STRING,
                                "area", DestinationField.Type.DECIMAL)));
        assertThat(people.field("manager").orElseThrow().lookup().orElseThrow().object())
                .isEqualTo("public.people");
        assertThat(people.field("plain").orElseThrow().lookup()).isEmpty();
        assertThat(people.field("name").orElseThrow().referenceKey()).isTrue();
    }

    @Test
    void whatIsNotClaimedIsRefused() {
        assertRefused("plain", "public.countries", "code");
        assertRefused("country", "public.people", "name");
        assertRefused("country", "public.countries", "facts");
        assertRefused("country", "public.countries", "gone");
    }

    private void assertRefused(String field, String object, String by) {
        assertThatThrownBy(() -> database.connection()
                        .openWriter(TestDatabase.plan("public.people", List.of("id", field))
                                .withLookups(Map.of(field, new WritePlan.Lookup(object, by)))))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("LOOKUP_NOT_SUPPORTED"));
    }

    @Test
    @DisplayName("A value of another type than what it is compared with is refused under the name of its own column")
    void valuesOfAnotherType() throws Exception {
        BatchResult result = write(
                OperationKind.UPSERT,
                List.of("id", "country"),
                Map.of("country", new WritePlan.Lookup("public.countries", "area")),
                List.of(sent(1, "wide"), sent(2, "357.00"), sent(3, "357.001")));

        assertThat(reason(result, 0))
                .contains("invalid input syntax for type numeric")
                .contains("(column country)");
        assertThat(reason(result, 2)).startsWith("LOOKUP_NOT_FOUND");
        assertThat(database.row("select id, country from people where id = 2")).containsExactly("2", "1");
    }

    @Test
    @DisplayName("The role needs to read the table it looks in, not to write it")
    void readOnlyTables() throws Exception {
        database.executeAsSuperuser("create table codes (key uuid primary key, code text);"
                + " insert into codes values ('00000000-0000-0000-0000-00000000000a', 'a');"
                + " grant select, references on codes to " + database.database().user());
        database.execute("create table coded (id int primary key, code uuid references codes)");
        try (DestinationWriter writer = database.connection()
                .openWriter(TestDatabase.plan("public.coded", List.of("id", "code"))
                        .withLookups(Map.of("code", new WritePlan.Lookup("public.codes", "code"))))) {
            assertThat(writer.write(new DestinationBatch(OperationKind.UPSERT, List.of(sent(1, "a")))))
                    .isEqualTo(new BatchResult.AllAccepted());
        }
        assertThat(database.row("select code from coded")).containsExactly("00000000-0000-0000-0000-00000000000a");
        assertThat(database.connection().objects())
                .extracting(DestinationObject::fullName)
                .contains("public.coded")
                .doesNotContain("public.codes");
    }
}
