package io.sluice.mapping.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.record.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One pass over the bytes finds what a slow reader would (MAP-10, MAP-13): exact digits, exact text, exact JSON. */
class ColumnReaderProperties {

    /** A value and the JSON it is written as. */
    record Written(String json, Value value) {}

    @Property
    void wantedColumnsAreFoundExactlyInAnyOrder(@ForAll("objects") Map<String, Written> object, @ForAll Random random)
            throws Exception {
        List<String> wanted = new ArrayList<>(object.keySet());
        wanted.removeIf(any -> random.nextInt(4) == 0);
        wanted.add("absent column");
        if (random.nextBoolean()) {
            Collections.sort(wanted);
        } else {
            Collections.shuffle(wanted, random);
        }
        Value[] found = new Value[wanted.size()];

        ColumnReader.of(wanted).read(buffer(object, random), found);

        for (int i = 0; i < found.length; i++) {
            Written written = object.get(wanted.get(i));
            assertThat(found[i]).as(wanted.get(i)).isEqualTo(written == null ? null : written.value());
        }
    }

    /** Jackson reads every token; what it refuses is refused, and what it takes is taken. */
    @Property(tries = 5_000)
    void theSameTextsAreJsonAsForAStrictParser(@ForAll("objects") Map<String, Written> object, @ForAll Random random) {
        StringBuilder damaged = new StringBuilder(text(object, random));
        for (int i = random.nextInt(3); i >= 0; i--) {
            String alphabet = "{}[]\",:\\ 0123456789.-+eEtrufalsn\n\u0001ab";
            int at = random.nextInt(damaged.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> damaged.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(2)));
                default -> damaged.setLength(Math.max(damaged.length() / 2, at));
            }
        }
        String text = damaged.toString();
        List<String> wanted = random.nextBoolean() ? new ArrayList<>(object.keySet()) : List.of();

        assertThat(accepted(text, wanted)).as(text).isEqualTo(isObject(text));
    }

    private static boolean accepted(String text, List<String> wanted) {
        try {
            ColumnReader.of(wanted)
                    .read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), new Value[wanted.size()]);
            return true;
        } catch (MalformedJsonException refused) {
            return false;
        }
    }

    private static boolean isObject(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text.getBytes(StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.nextToken();
            for (int depth = 1; depth > 0; parser.nextToken()) {
                JsonToken token = parser.currentToken();
                if (token == null) {
                    return false;
                }
                parser.getText();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return parser.currentToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    private static ByteBuffer buffer(Map<String, Written> object, Random random) {
        byte[] json = text(object, random).getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[json.length + 7];
        System.arraycopy(json, 0, padded, 3, json.length);
        ByteBuffer buffer = ByteBuffer.wrap(padded, 3, json.length);
        return random.nextBoolean()
                ? buffer
                : ByteBuffer.allocateDirect(json.length).put(json).flip();
    }

    private static String text(Map<String, Written> object, Random random) {
        List<String> members = new ArrayList<>();
        object.forEach((name, written) -> members.add(
                JsonNodeFactory.instance.textNode(name) + blank(random) + ":" + blank(random) + written.json()));
        return blank(random) + "{" + blank(random) + String.join(blank(random) + ",", members) + blank(random) + "}";
    }

    private static String blank(Random random) {
        return random.nextInt(8) == 0 ? " \n" : "";
    }

    @Provide
    Arbitrary<Map<String, Written>> objects() {
        return Arbitraries.maps(names(), written()).ofMaxSize(8).map(map ->
                (Map<String, Written>) new LinkedHashMap<>(map));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "b", "id", "name", "na\"me", "back\\slash", "é", "", "line\nend", "😀"),
                Arbitraries.strings().alpha().ofMaxLength(6));
    }

    private static Arbitrary<Written> written() {
        return Arbitraries.oneOf(scalars(), nested().map(json -> new Written(json, new Value.Structured(json))));
    }

    private static Arbitrary<Written> scalars() {
        return Arbitraries.oneOf(
                texts(),
                numbers().map(digits -> new Written(digits, new Value.Number(digits))),
                Arbitraries.of(
                        new Written("true", Value.Bool.TRUE),
                        new Written("false", Value.Bool.FALSE),
                        new Written("null", Value.Null.INSTANCE)));
    }

    private static Arbitrary<Written> texts() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).filter(ColumnReaderProperties::isWhole),
                Arbitraries.of("", "\"", "\\", "a\u0000b", "é\n\t", "\uFFFD", "😀 \u2028", "]}", "x".repeat(300)));
        return texts.flatMap(text -> Arbitraries.of(
                new Written(JsonText.quote(text), new Value.Text(text)),
                new Written(allEscaped(text), new Value.Text(text))));
    }

    /** Half a surrogate pair has no UTF-8. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String allEscaped(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(character -> json.append("\\u%04X".formatted(character)));
        return json.append('"').toString();
    }

    private static Arbitrary<String> numbers() {
        Arbitrary<String> digits = Arbitraries.bigIntegers()
                .between(java.math.BigInteger.ZERO, java.math.BigInteger.TEN.pow(40))
                .map(Object::toString);
        return Combinators.combine(
                        Arbitraries.of("", "-"),
                        digits,
                        Arbitraries.of("", ".0", ".50", ".123456789012345678901234567890"),
                        Arbitraries.of("", "e5", "E+300", "e-07"))
                .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    }

    private static Arbitrary<String> nested() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of("[]", "{}", "[[[]]]", "{\"a\":{\"b\":[{}]}}", "[1, {\"x\" : \"é]\"}]"),
                () -> scalars().map(Written::json).list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]"),
                () -> Combinators.combine(nested(), scalars())
                        .as((inner, scalar) -> "{\"k\":" + inner + ", \"l\":" + scalar.json() + "}"));
    }
}
