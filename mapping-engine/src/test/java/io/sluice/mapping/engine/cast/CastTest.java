package io.sluice.mapping.engine.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.mapping.engine.cast.Cast.Origin;
import io.sluice.mapping.engine.json.JsonText;
import io.sluice.record.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** MAP-13, MAP-14, MAP-15. */
class CastTest {

    private static Value cast(String json, String type, Origin origin) throws Exception {
        boolean array = type.endsWith("[]");
        FieldType target = FieldType.fromWireName(type.replace("[]", "")).orElseThrow();
        return Cast.to("f", target, array, origin).apply(JsonText.read(json));
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Text text -> JsonText.quote(text.text());
            case Value.Number number -> number.text();
            case Value.Bool bool -> Boolean.toString(bool.value());
            case Value.Structured structured -> "json " + structured.json();
            case Value.Null nothing -> "null";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "9007199254740993.10~string~\"9007199254740993.10\"",
                "true~string~\"true\"",
                "{\"a\": 1}~string~\"{\\\"a\\\": 1}\"",
                "\"Yes\"~boolean~true",
                "0~boolean~false",
                "5.00~integer~5",
                "5e2~integer~500",
                "\" 007 \"~integer~7",
                "123456789012345678901234567890~integer~123456789012345678901234567890",
                "\"12345678901234567890.123456789\"~decimal~12345678901234567890.123456789",
                "\".5\"~decimal~0.5",
                "1.10~float~1.10",
                "\"NaN\"~float~\"NaN\"",
                "\"2024-02-29\"~date~\"2024-02-29\"",
                "\"2024-02-29T23:30:00-02:00\"~date~\"2024-03-01\"",
                "\"0044-03-15 BC\"~date~\"0044-03-15 BC\"",
                "\"infinity\"~date_time~\"infinity\"",
                "\"2024-01-02T03:04:05Z\"~date_time~\"2024-01-02T03:04:05Z\"",
                "\"2024-01-31T03:04:05.120000Z\"~date_time~\"2024-01-31T03:04:05.120000Z\"",
                "\"2024-01-02T03:04:05\"~date_time~\"2024-01-02T03:04:05Z\"",
                "\"2024-01-02T03:04:05.12\"~date_time~\"2024-01-02T03:04:05.12Z\"",
                "\"2024-02-29T03:04:05\"~date_time~\"2024-02-29T03:04:05Z\"",
                "\"2024-01-31 23:59:59.5-00:30\"~date_time~\"2024-02-01T00:29:59.500000Z\"",
                "\"2024-01-02 03:04:05+05:30\"~date_time~\"2024-01-01T21:34:05Z\"",
                "\"2024-01-02 03:04:05+00\"~date_time~\"2024-01-02T03:04:05Z\"",
                "\"2024-01-02\"~date_time~\"2024-01-02T00:00:00Z\"",
                "\"{\\\"a\\\":[1.0]}\"~object~json {\"a\":[1.0]}",
                "\"[1]\"~object~json [1]",
                "\"\\\"x\\\"\"~object~json \"x\"",
                "\"1.0\"~object~1.0",
                "5~object~5",
                "[1,2.0]~integer[]~json [1,2.0]",
                "\" [\\\"a\\\"]\"~string[]~json [\"a\"]",
                "null~integer~null",
            })
    void valuesBecomeWhatTheFieldTakes(String json, String type, String expected) throws Exception {
        assertThat(shown(cast(json, type, Origin.TEXT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\"maybe\"~boolean~CAST_ERROR",
                "5.5~integer~CAST_ERROR",
                "1e999999999~integer~CAST_ERROR",
                "true~integer~CAST_ERROR",
                "\"secret\"~decimal~CAST_ERROR",
                "\"NaN\"~integer~CAST_ERROR",
                "\"2024-02-30\"~date~CAST_ERROR",
                "\"secret\"~date_time~CAST_ERROR",
                "\"2024-02-30T00:00:00Z\"~date_time~CAST_ERROR",
                "\"2024-01-02T25:00:00Z\"~date_time~CAST_ERROR",
                "\"2023-02-29T00:00:00\"~date_time~CAST_ERROR",
                "\"2023-02-29\"~date~CAST_ERROR",
                "\"2024-13-01T00:00:00Z\"~date_time~CAST_ERROR",
                "\"2024-01-02T00:60:00\"~date_time~CAST_ERROR",
                "1700000000~date_time~CAST_ERROR",
                "\"{secret\"~object~CAST_ERROR",
                "{}~integer[]~JSON_ARRAY_ERROR",
                "\"secret\"~integer[]~JSON_ARRAY_ERROR",
                "\"{}\"~integer[]~JSON_ARRAY_ERROR",
                "5~integer[]~JSON_ARRAY_ERROR",
            })
    void whatDoesNotFitHasACodeAndTellsNothingOfTheValue(String json, String type, String code) {
        assertThatThrownBy(() -> cast(json, type, Origin.TEXT))
                .isInstanceOf(CastException.class)
                .hasMessageStartingWith(code + ": field f takes ")
                .hasMessageNotContaining("secret");
    }

    /** A string of its own in a jsonb column is JSON, not a text that happens to be JSON. */
    @Test
    void aJsonStringStaysOne() throws Exception {
        assertThat(cast("\"hello \\\"you\\\"\"", "object", Origin.JSON))
                .isEqualTo(new Value.Structured("\"hello \\\"you\\\"\""));
        assertThat(cast("\"[1]\"", "object", Origin.JSON)).isEqualTo(new Value.Structured("\"[1]\""));
        assertThatThrownBy(() -> cast("\"[1]\"", "string[]", Origin.JSON)).isInstanceOf(CastException.class);
    }

    /** What planning calls impossible fails for every value of that kind, and what it calls exact for none. */
    @ParameterizedTest
    @EnumSource(FieldType.class)
    void planningAgreesWithCasting(FieldType type) {
        String[][] samples = {
            {"number", "1", "0", "-5.25", "1e40"},
            {"boolean", "true", "false"},
            {"array", "[]", "[1]"},
            {"string", "\"x\"", "\"2024-01-02\"", "\"1\"", "\"true\"", "\"[]\""}
        };
        for (String[] sample : samples) {
            for (boolean array : new boolean[] {false, true}) {
                Fit fit = Fit.of(sample[0], type, array);
                int fitting = 0;
                for (int i = 1; i < sample.length; i++) {
                    try {
                        cast(sample[i], type.wireName() + (array ? "[]" : ""), Origin.TEXT);
                        fitting++;
                    } catch (Exception unfit) {
                        assertThat(unfit).isInstanceOf(CastException.class);
                    }
                }
                String where = sample[0] + " to " + type + (array ? "[]" : "") + " is " + fit;
                switch (fit) {
                    case EXACT, LOSSY -> assertThat(fitting).as(where).isEqualTo(sample.length - 1);
                    case IMPOSSIBLE -> assertThat(fitting).as(where).isZero();
                    case CHECKED -> assertThat(fitting).as(where).isPositive();
                }
            }
        }
    }
}
