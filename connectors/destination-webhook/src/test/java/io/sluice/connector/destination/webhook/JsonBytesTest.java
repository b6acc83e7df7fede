package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" \\ back",
                "\u0000\u0001\b\f\n\r\t\u001f",
                "žluťoučký kůň",
                "שלום",
                "👩‍👩‍👧 and 🐎",
                "\u2028\u2029",
                "</script>"
            })
    void whatAReceiverParsesIsWhatWasGiven(String text) throws Exception {
        assertThat(MAPPER.readTree(utf8(new Value.Text(text))).textValue()).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairSurvivesAsAnEscape() throws Exception {
        String broken = "a\ud83dz\udc00";
        byte[] json = utf8(new Value.Text(broken));

        assertThat(new String(json, StandardCharsets.US_ASCII)).isEqualTo("\"a\\ud83dz\\udc00\"");
        assertThat(MAPPER.readTree(new String(json, StandardCharsets.UTF_8)).textValue())
                .isEqualTo(broken);
    }

    @Test
    void numbersAndStructuredValuesArePassedOnDigitForDigit() {
        assertThat(text(new Value.Number("12345678901234567890.1200"))).isEqualTo("12345678901234567890.1200");
        assertThat(text(new Value.Structured("{\"b\":[1.0,null],\"a\":\"\\u00e9\"}")))
                .isEqualTo("{\"b\":[1.0,null],\"a\":\"\\u00e9\"}");
        assertThat(text(Value.of(true)) + text(Value.nothing())).isEqualTo("truenull");
    }

    @Test
    void whatCameInBytesIsPassedOnAsItCame() {
        byte[] payload = "{\"a\":\"Łukasz\",\"n\":-1.50,\"s\":[\"\\u00e9\"]}".getBytes(StandardCharsets.UTF_8);

        assertThat(text(new Value.Text(payload, 6, 13, null))).isEqualTo("\"Łukasz\"");
        assertThat(text(new Value.Number(payload, 19, 24))).isEqualTo("-1.50");
        assertThat(text(new Value.Structured(payload, 29, 39, null))).isEqualTo("[\"\\u00e9\"]");
    }

    @Test
    void oneWriterMakesBodyAfterBodyOfAnyLength() {
        JsonBytes json = new JsonBytes();
        String huge = "ž\ud83d\udc0e\"".repeat(1_000_000);
        assertThat(StandardCharsets.UTF_8.decode(json.string(huge).take()).toString())
                .isEqualTo("\"" + huge.replace("\"", "\\\"") + "\"");
        assertThat(json.value(new Value.Structured("[\"ž\ud83d\udc0e\"]")).take())
                .isEqualTo(StandardCharsets.UTF_8.encode("[\"ž\ud83d\udc0e\"]"));
        assertThat(json.take().hasRemaining()).isFalse();
    }

    private static byte[] utf8(Value value) {
        return new JsonBytes().value(value).toArray();
    }

    private static String text(Value value) {
        return new String(utf8(value), StandardCharsets.UTF_8);
    }
}
