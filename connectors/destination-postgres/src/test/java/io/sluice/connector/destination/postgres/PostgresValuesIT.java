package io.sluice.connector.destination.postgres;

import static io.sluice.connector.destination.postgres.TestDatabase.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import io.sluice.testsupport.NeedsSharedData;
import io.sluice.testsupport.SharedData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value may go into which column, and what stands there afterwards. */
class PostgresValuesIT {
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.execute("create type mood as enum ('sad', 'happy'); create domain grade as int check (value < 7);"
                + " create table numbers_of_tables (id serial)");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            textBlock =
                    """
            int4             | n 5                                    | 5
            int4             | n 5.00                                 | 5
            int8             | n 12e2                                 | 1200
            int8             | t 42                                   | 42
            numeric(38,10)   | n 1234567890123456789012345678.0123456789 | 1234567890123456789012345678.0123456789
            numeric          | n 1e3                                  | 1000
            numeric          | t NaN                                  | NaN
            float8           | t -Infinity                            | -Infinity
            float8           | n 0.1                                  | 0.1
            text             | n 1.50                                 | 1.50
            text             | b true                                 | true
            text             | j {"b": 1,  "a":[ 2]}                  | {"b": 1,  "a":[ 2]}
            bool             | b true                                 | true
            bool             | t yes                                  | true
            bool             | n 1                                    | true
            date             | t 2024-02-29                           | 2024-02-29
            timestamptz      | t 2024-02-29T23:30:00.123456Z          | 2024-02-29 23:30:00.123456+00
            timestamptz      | t 2024-02-29T23:30:00+02:00            | 2024-02-29 21:30:00+00
            timestamptz      | t 2024-02-29T23:30:00                  | 2024-02-29 23:30:00+00
            timestamptz      | t infinity                             | infinity
            timestamp        | t 2024-02-29T23:30:00Z                 | 2024-02-29 23:30:00
            date             | t 2024-02-29T23:30:00Z                 | 2024-02-29
            uuid             | t 0b8e0b1e-9c5d-4d6c-8f7e-000000000001 | 0b8e0b1e-9c5d-4d6c-8f7e-000000000001
            bytea            | t \\xDEADbeef                           | \\xdeadbeef
            mood             | t happy                                | happy
            grade            | n 6                                    | 6
            interval         | t P1DT2H                               | 1 day 02:00:00
            jsonb            | j {"b": 1.50, "a": "x"}                | {"a": "x", "b": 1.50}
            json             | j {"b": 1,  "a": "x"}                  | {"b": 1,  "a": "x"}
            jsonb            | t {"a": 1}                             | {"a": 1}
            jsonb            | n 1.50                                 | 1.50
            jsonb            | b false                                | false
            text[]           | j ["a","b,c","\\"q\\"",null,"NULL",""]   | {a,"b,c","\\"q\\"",NULL,"NULL",""}
            int4[]           | j [1,2,null]                           | {1,2,NULL}
            int4[]           | j [[1,2],[3,4]]                        | {{1,2},{3,4}}
            int4[]           | t [1,2]                                | {1,2}
            int4[]           | t {1,2}                                | {1,2}
            int4[]           | t [0:1]={1,2}                          | [0:1]={1,2}
            text[]           | j []                                   | {}
            text[]           | j [{"a":1}]                            | {"{\\"a\\":1}"}
            jsonb[]          | j [{"a": 1},[2],"x",null]              | {"{\\"a\\": 1}",[2],"\\"x\\"",NULL}
            timestamptz[]    | j ["2024-02-29T23:30:00Z"]             | {"2024-02-29 23:30:00+00"}
            varchar(3)       | t abc                                  | abc
            """)
    void isStored(String type, String value, String stored) throws Exception {
        String table = table(type);

        assertThat(put(table, value)).isEqualTo(new BatchResult.AllAccepted());
        assertThat(database.row("select v::text from " + table)).containsExactly(stored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            int4             | t abc              | invalid input syntax for type integer: "abc" (column v)
            int4             | n 5.5              | invalid input syntax for type integer: "5.5" (column v)
            int4             | n 3000000000       | value "3000000000" is out of range for type integer (column v)
            int4             | n 1e999999999      | invalid input syntax for type integer: "1e999999999" (column v)
            int4             | t                  | invalid input syntax for type integer: "" (column v)
            numeric(5,2)     | n 12345            | numeric field overflow (column v) DETAIL: A field with precision 5, scale 2 must round to an absolute value less than 10^3.
            date             | t 2023-02-29       | date/time field value out of range: "2023-02-29" (column v)
            date             | t tomorrow-ish     | invalid input syntax for type date: "tomorrow-ish" (column v)
            bool             | n 2                | invalid input syntax for type boolean: "2" (column v)
            mood             | t angry            | invalid input value for enum mood: "angry" (column v)
            grade            | n 7                | value for domain grade violates check constraint "grade_check" (column v)
            varchar(3)       | t abcd             | value too long for type character varying(3) (column v)
            bytea            | t \\xZZ             | invalid hexadecimal digit: "Z" (column v)
            int4[]           | j {}               | JSON_ARRAY_ERROR: column v takes a list, and the value is not a JSON array
            int4[]           | n 5                | malformed array literal: "5" (column v) DETAIL: Array value must start with "{" or dimension information.
            int4[]           | j [1,"x"]          | invalid input syntax for type integer: "x" (column v)
            """)
    void isRejectedInTheServersWords(String type, String value, String reason) throws Exception {
        String table = table(type);

        assertThat(put(table, value)).isEqualTo(new BatchResult.PerRecord(List.of(new AttemptResult.Rejected(reason))));
        assertThat(database.row("select count(*) from " + table)).containsExactly("0");
    }

    @Test
    void invalidJsonIsRejected() throws Exception {
        assertThat(put(table("jsonb"), "t {\"a\":"))
                .isInstanceOfSatisfying(BatchResult.PerRecord.class, each -> assertThat(
                                ((AttemptResult.Rejected) each.results().getFirst()).reason())
                        .startsWith("invalid input syntax for type json (column v) DETAIL: "));
    }

    @Test
    void whatTextCannotHoldIsRejectedAndNotMended() throws Exception {
        String table = table("text");

        BatchResult result = database.write(
                table,
                OperationKind.UPSERT,
                List.of("id", "v"),
                List.of(sent(1, "a\u0000b"), sent(2, "half \ud83d pair"), sent(3, "whole \ud83d\ude00 pair")));

        assertThat(result)
                .isEqualTo(new BatchResult.PerRecord(List.of(
                        new AttemptResult.Rejected("invalid byte sequence for encoding \"UTF8\": 0x00"),
                        new AttemptResult.Rejected("invalid byte sequence for encoding \"UTF8\": 0xed 0xa0 0xbd"),
                        AttemptResult.Accepted.PLAIN)));
        assertThat(database.rows("select id from " + table)).containsExactly(List.of("3"));
    }

    @Test
    @NeedsSharedData
    void naughtyStringsArriveByteForByte() throws Exception {
        String table = table("text");
        database.execute("alter table " + table + " add list text[], add doc jsonb");
        List<String> strings = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (JsonNode each : mapper.readTree(SharedData.naughtyStrings().toFile())) {
            strings.add(each.asText());
        }
        List<DestinationRecord> records = new ArrayList<>();
        for (int index = 0; index < strings.size(); index++) {
            String quoted = mapper.writeValueAsString(strings.get(index));
            records.add(sent(
                    index,
                    strings.get(index),
                    new Value.Structured("[" + quoted + ",[]]".replace(",[]", "")),
                    new Value.Structured("{\"s\":" + quoted + "}")));
        }

        BatchResult result = database.write(table, OperationKind.UPSERT, List.of("id", "v", "list", "doc"), records);

        List<List<String>> stored =
                database.rows("select encode(convert_to(v, 'UTF8'), 'hex'), encode(convert_to(list[1], 'UTF8'), 'hex'),"
                        + " encode(convert_to(doc ->> 's', 'UTF8'), 'hex') from " + table + " order by id::int");
        List<String> kept =
                strings.stream().filter(text -> text.indexOf('\0') < 0).toList();
        assertThat(stored).hasSameSizeAs(kept);
        for (int index = 0; index < kept.size(); index++) {
            String hex = HexFormat.of().formatHex(kept.get(index).getBytes(StandardCharsets.UTF_8));
            assertThat(stored.get(index)).containsExactly(hex, hex, hex);
        }
        long rejected = strings.size() - kept.size();
        if (rejected > 0) {
            assertThat(result)
                    .extracting(each -> ((BatchResult.PerRecord) each).results(), list(AttemptResult.class))
                    .filteredOn(AttemptResult.Rejected.class::isInstance)
                    .hasSize((int) rejected);
        } else {
            assertThat(result).isEqualTo(new BatchResult.AllAccepted());
        }
    }

    /** A table with a text key and one column {@code v}. */
    private static String table(String type) {
        String number = database.row("insert into numbers_of_tables default values returning id")
                .getFirst();
        database.execute("create table values_" + number + " (id text primary key, v " + type + ")");
        return "public.values_" + number;
    }

    /** Writes {@code "t text"}, {@code "n 1.5"}, {@code "b true"} or {@code "j {}"} as one record. */
    private static BatchResult put(String table, String typed) throws Exception {
        String text = typed.length() < 2 ? "" : typed.substring(2);
        Value value =
                switch (typed.charAt(0)) {
                    case 'n' -> new Value.Number(text);
                    case 'b' -> Value.of(Boolean.parseBoolean(text));
                    case 'j' -> new Value.Structured(text);
                    default -> new Value.Text(text);
                };
        return database.write(table, OperationKind.UPSERT, List.of("id", "v"), List.of(sent("1", value)));
    }
}
