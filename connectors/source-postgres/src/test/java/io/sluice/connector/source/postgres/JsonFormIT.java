package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.connector.source.SourceQuery;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type's JSON form, as docs/reference/json-form.md promises it: SQL expression in, JSON out. */
class JsonFormIT {
    private static TestDatabase database;

    @BeforeAll
    static void createTypes() throws Exception {
        database = TestDatabase.create();
        database.runAsSuperuser("CREATE EXTENSION citext", "CREATE EXTENSION hstore");
        database.run(
                "CREATE TYPE mood AS ENUM ('sad', 'ok', 'ha\"ppy')",
                "CREATE DOMAIN positive AS numeric(10,2) CHECK (VALUE > 0)",
                "CREATE DOMAIN price AS positive",
                "CREATE DOMAIN address AS inet",
                "CREATE TYPE pair AS (a int, b text)");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(numbers(), texts(), times(), structures(), others()).flatMap(List::stream);
    }

    private static List<Arguments> numbers() {
        return List.of(
                arguments("(-32768)::int2", "-32768"),
                arguments("(-2147483648)::int4", "-2147483648"),
                arguments("0", "0"),
                arguments("(-9223372036854775808)::int8", "-9223372036854775808"),
                arguments("9007199254740993::int8", "9007199254740993"),
                arguments("1234567890::int8", "1234567890"),
                arguments("4294967295::oid", "4294967295"),
                arguments("1.50::numeric", "1.50"),
                arguments("1.5::numeric(38,10)", "1.5000000000"),
                arguments("0::numeric", "0"),
                arguments("0.000::numeric", "0.000"),
                arguments("-0.00001::numeric", "-0.00001"),
                arguments("0.0001::numeric", "0.0001"),
                arguments("10000::numeric", "10000"),
                arguments("100000000::numeric", "100000000"),
                arguments("12345678901234567890.0123456789::numeric", "12345678901234567890.0123456789"),
                arguments("1e20::numeric", "100000000000000000000"),
                arguments("'NaN'::numeric", "\"NaN\""),
                arguments("'Infinity'::numeric", "\"Infinity\""),
                arguments("'-Infinity'::numeric", "\"-Infinity\""),
                arguments("12.5::price", "12.50"),
                arguments("1::float8", "1"),
                arguments("0.1::float8", "0.1"),
                arguments("'-0'::float8", "-0"),
                arguments("1e15::float8", "1e+15"),
                arguments("123456789012345::float8", "123456789012345"),
                arguments("1e-5::float8", "1e-05"),
                arguments("0.0001::float8", "0.0001"),
                arguments("1.7976931348623157e308::float8", "1.7976931348623157e+308"),
                arguments("5e-324::float8", "4.9e-324"),
                arguments("'NaN'::float8", "\"NaN\""),
                arguments("'-Infinity'::float8", "\"-Infinity\""),
                arguments("0.1::float4", "0.1"),
                arguments("1e6::float4", "1e+06"),
                arguments("3.4028235e38::float4", "3.4028235e+38"),
                arguments("1e-45::float4", "1.4e-45"),
                arguments("'Infinity'::float4", "\"Infinity\""),
                arguments("true", "true"),
                arguments("false", "false"),
                arguments("NULL::int4", "null"));
    }

    private static List<Arguments> texts() {
        return List.of(
                arguments("'plain'", "\"plain\""),
                arguments("''", "\"\""),
                arguments("E'\"\\\\\\b\\t\\n\\f\\r\\x01\\x1f\\x7f'", "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\u007f\""),
                arguments("'šč 👩‍👩‍👧 مرحبا'", "\"šč 👩‍👩‍👧 مرحبا\""),
                arguments("'1234567\"9'", "\"1234567\\\"9\""),
                arguments("'12345678\\'", "\"12345678\\\\\""),
                arguments("'v'::varchar(5)", "\"v\""),
                arguments("'ab'::char(5)", "\"ab\""),
                arguments("'pg_class'::name", "\"pg_class\""),
                arguments("'MiXed'::citext", "\"MiXed\""),
                arguments("'ha\"ppy'::mood", "\"ha\\\"ppy\""),
                arguments("'x'::\"char\"", "\"x\""),
                arguments("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""),
                arguments("'\\x00ff10'::bytea", "\"\\\\x00ff10\""),
                arguments("''::bytea", "\"\\\\x\""));
    }

    private static List<Arguments> times() {
        return List.of(
                arguments("'2024-02-29'::date", "\"2024-02-29\""),
                arguments("'2000-01-01'::date", "\"2000-01-01\""),
                arguments("'1999-12-31'::date", "\"1999-12-31\""),
                arguments("'0001-01-01'::date", "\"0001-01-01\""),
                arguments("'0044-03-15 BC'::date", "\"0044-03-15 BC\""),
                arguments("'0001-12-31 BC'::date", "\"0001-12-31 BC\""),
                arguments("'12345-06-07'::date", "\"12345-06-07\""),
                arguments("'infinity'::date", "\"infinity\""),
                arguments("'-infinity'::date", "\"-infinity\""),
                arguments("'2024-01-02 03:04:05'::timestamp", "\"2024-01-02T03:04:05\""),
                arguments("'2024-01-02 03:04:05.678901'::timestamp", "\"2024-01-02T03:04:05.678901\""),
                arguments("'2024-01-02 03:04:05.5'::timestamp", "\"2024-01-02T03:04:05.500000\""),
                arguments("'1969-12-31 23:59:59.999999'::timestamp", "\"1969-12-31T23:59:59.999999\""),
                arguments("'infinity'::timestamp", "\"infinity\""),
                arguments("'2024-01-02 03:04:05+02'::timestamptz", "\"2024-01-02T01:04:05Z\""),
                arguments("'2024-01-01 00:30:00.000001+01'::timestamptz", "\"2023-12-31T23:30:00.000001Z\""),
                arguments("'0044-03-15 12:00:00+00 BC'::timestamptz", "\"0044-03-15T12:00:00Z BC\""),
                arguments("'-infinity'::timestamptz", "\"-infinity\""),
                arguments("'23:59:59.999999'::time", "\"23:59:59.999999\""),
                arguments("'24:00:00'::time", "\"24:00:00\""),
                arguments("'03:04:05+05:30'::timetz", "\"03:04:05+05:30\""),
                arguments("'03:04:05-08'::timetz", "\"03:04:05-08:00\""),
                arguments("'03:04:05.5+00:00:30'::timetz", "\"03:04:05.500000+00:00:30\""),
                arguments("'1 year 2 months 3 days 04:05:06.5'::interval", "\"P1Y2M3DT4H5M6.500000S\""),
                arguments("'-1 year -2 months +3 days -04:05:06'::interval", "\"P-1Y-2M3DT-4H-5M-6S\""),
                arguments("'-0.5 seconds'::interval", "\"PT-0.500000S\""),
                arguments("'0'::interval", "\"PT0S\""),
                arguments("'1000 hours'::interval", "\"PT1000H\""));
    }

    private static List<Arguments> structures() {
        return List.of(
                arguments(
                        "'{\"b\" : [1, 2.50 , null], \"a\": \"x \\\" y\"}'::json",
                        "{\"b\":[1,2.50,null],\"a\":\"x \\\" y\"}"),
                arguments("E'{\\n\\t\"k\" :\\r\\n \"\\\\\\\\\" }'::json", "{\"k\":\"\\\\\"}"),
                arguments("'{\"b\" : 1, \"a\": [ ]}'::jsonb", "{\"a\":[],\"b\":1}"),
                arguments("'\" sp ace \"'::jsonb", "\" sp ace \""),
                arguments("'null'::jsonb", "null"),
                arguments("'1.10'::jsonb", "1.10"),
                arguments("ARRAY[1,2,NULL]", "[1,2,null]"),
                arguments("'{}'::int4[]", "[]"),
                arguments("ARRAY[[1,2],[3,4]]", "[[1,2],[3,4]]"),
                arguments("'[0:1]={7,8}'::int8[]", "[7,8]"),
                arguments("ARRAY['a','q\"q',NULL]", "[\"a\",\"q\\\"q\",null]"),
                arguments("ARRAY[1.50,'NaN']::numeric[]", "[1.50,\"NaN\"]"),
                arguments("ARRAY['ok','sad']::mood[]", "[\"ok\",\"sad\"]"),
                arguments("ARRAY['2024-01-02']::date[]", "[\"2024-01-02\"]"),
                arguments("ARRAY['{\"a\": 1}']::jsonb[]", "[{\"a\":1}]"),
                arguments("ARRAY['ab']::char(4)[]", "[\"ab\"]"),
                arguments("ARRAY[1.5]::price[]", "[1.50]"),
                arguments("ARRAY['10.0.0.1']::inet[]", "[\"10.0.0.1/32\"]"),
                arguments("ARRAY[int4range(1,3)]", "[\"[1,3)\"]"),
                arguments("ARRAY[true,false]", "[true,false]"));
    }

    private static List<Arguments> others() {
        return List.of(
                arguments("'10.0.0.0/8'::inet", "\"10.0.0.0/8\""),
                arguments("'10.0.0.1'::address", "\"10.0.0.1/32\""),
                arguments("'08:00:2b:01:02:03'::macaddr", "\"08:00:2b:01:02:03\""),
                arguments("int4range(1,5)", "\"[1,5)\""),
                arguments("tstzrange('2024-01-01 00:00+02', NULL)", "\"[\\\"2023-12-31 22:00:00+00\\\",)\""),
                arguments("point(1,2)", "\"(1,2)\""),
                arguments("B'1010'", "\"1010\""),
                arguments("'12.50'::float8::numeric::money", "\"$12.50\""),
                arguments("to_tsvector('simple', 'a b')", "\"'a':1 'b':2\""),
                arguments("'k=>v'::hstore", "\"\\\"k\\\"=>\\\"v\\\"\""),
                arguments("'<a>x</a>'::xml", "\"<a>x</a>\""),
                arguments("ROW(1,'x')::pair", "\"(1,x)\""),
                arguments("'pg_class'::regclass", "\"pg_class\""),
                arguments("'1 2'::int2vector", "\"1 2\""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void writes(String expression, String json) throws Exception {
        List<TestDatabase.Row> rows =
                database.read(new SourceQuery.Sql("SELECT 1 AS id, " + expression + " AS v"), "id", "id", "v");

        assertThat(rows).containsExactly(new TestDatabase.Row("1", "{\"id\":1,\"v\":" + json + "}", false));
    }

    @Test
    void namesOfColumnsAreEscapedToo() throws Exception {
        assertThat(database.read(
                        new SourceQuery.Sql("SELECT 1 AS \"a\"\"\\b\", 2 AS \"ключ\""), "ключ", "a\"\\b", "ключ"))
                .containsExactly(new TestDatabase.Row("2", "{\"a\\\"\\\\b\":1,\"ключ\":2}", false));
    }
}
