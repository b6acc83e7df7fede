package io.sluice.connector.source.postgres.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is JSON, and reads back as what was meant. */
class JsonTextProperties {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> plain = Arbitraries.chars().range(' ', '~');
        Arbitrary<Character> special =
                Arbitraries.of('"', '\\', '\n', '\t', '\r', '\b', '\f', '\u0001', '\u001f', '\u007f');
        Arbitrary<Character> wide = Arbitraries.of('é', 'ß', '\u2028', '中', 'ش');
        Arbitrary<String> mixed = Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, plain),
                        net.jqwik.api.Tuple.of(2, special),
                        net.jqwik.api.Tuple.of(2, wide))
                .list()
                .ofMaxSize(60)
                .map(JsonTextProperties::join);
        return Arbitraries.oneOf(mixed, mixed.map(text -> text + "😀" + text));
    }

    private static String join(java.util.List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    @Property(tries = 3000)
    void textReadsBack(@ForAll("texts") String text, @ForAll("texts") String before) throws Exception {
        // The value lies somewhere inside a message, with other bytes on both sides.
        byte[] message = (before + text + before).getBytes(StandardCharsets.UTF_8);
        int offset = before.getBytes(StandardCharsets.UTF_8).length;
        JsonBuffer out = new JsonBuffer(1);

        ValueEncoders.TEXT.encode(message, offset, text.getBytes(StandardCharsets.UTF_8).length, out);

        assertThat(MAPPER.readTree(out.toArray()).textValue()).isEqualTo(text);
        assertThat(ValueEncoders.TEXT.identifier(message, offset, text.getBytes(StandardCharsets.UTF_8).length, out, 0))
                .isEqualTo(text);
    }

    @Property(tries = 2000)
    void jsonIsTheSameButCompact(@ForAll("texts") String key, @ForAll("texts") String value, @ForAll int number)
            throws Exception {
        ArrayNode tree = MAPPER.createArrayNode();
        tree.addObject()
                .put(key, value)
                .put("n", number)
                .putNull("nothing")
                .putArray("a")
                .add(true)
                .add(value);
        String pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        JsonBuffer out = new JsonBuffer(1);

        byte[] bytes = pretty.getBytes(StandardCharsets.UTF_8);
        ValueEncoders.JSON.encode(bytes, 0, bytes.length, out);

        assertThat(new String(out.toArray(), StandardCharsets.UTF_8)).isEqualTo(MAPPER.writeValueAsString(tree));
    }

    @Property(tries = 3000)
    void wholeNumbersReadBack(@ForAll long number) {
        JsonBuffer out = new JsonBuffer(1);
        ValueEncoders.INT8.encode(ByteBuffer.allocate(8).putLong(number).array(), 0, 8, out);
        assertThat(out.ascii(0, out.size)).isEqualTo(Long.toString(number));
    }

    @Property(tries = 3000)
    void doublesReadBackExactly(@ForAll double number) throws Exception {
        JsonBuffer out = new JsonBuffer(1);
        ValueEncoders.FLOAT8.encode(ByteBuffer.allocate(8).putDouble(number).array(), 0, 8, out);
        JsonNode read = MAPPER.readTree(out.toArray());
        assertThat(new BigDecimal(out.ascii(0, out.size)).doubleValue()).isEqualTo(number == 0 ? 0.0 : number);
        assertThat(read.isNumber()).isTrue();
    }
}
