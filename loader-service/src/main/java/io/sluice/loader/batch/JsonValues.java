package io.sluice.loader.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.sluice.record.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads the wanted columns of a payload, and nothing else of it: numbers keep their exact text, arrays and objects their
 * exact JSON. Thread-safe.
 */
final class JsonValues {

    /** A source may hold a numeric of 131,072 digits and texts of a gigabyte; Jackson's limits are for strangers' input. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(100_000)
                    .build())
            .build();

    private JsonValues() {}

    /**
     * Puts the values of the object's wanted keys into {@code into}.
     *
     * @param targets for each wanted key the positions that take its value; other keys are skipped
     */
    static void read(ByteBuffer payload, Map<String, int[]> targets, Value[] into) throws UnreadablePayloadException {
        byte[] bytes;
        int start;
        int length = payload.remaining();
        if (payload.hasArray()) {
            bytes = payload.array();
            start = payload.arrayOffset() + payload.position();
        } else {
            bytes = new byte[length];
            payload.duplicate().get(bytes);
            start = 0;
        }
        try (JsonParser parser = JSON.createParser(bytes, start, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadablePayloadException("the payload is not a JSON object");
            }
            String key;
            while ((key = parser.nextFieldName()) != null) {
                JsonToken token = parser.nextToken();
                int[] positions = targets.get(key);
                if (positions == null) {
                    parser.skipChildren();
                    continue;
                }
                Value value = value(parser, token, bytes, start);
                for (int position : positions) {
                    into[position] = value;
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new UnreadablePayloadException("the payload is not a JSON object");
            }
        } catch (IOException malformed) {
            throw new UnreadablePayloadException("the payload is not well-formed JSON");
        }
    }

    /** A constant of the sync, given as JSON text. */
    static Value constant(String json) throws UnreadablePayloadException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JSON.createParser(bytes)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new UnreadablePayloadException("the constant is empty");
            }
            return value(parser, token, bytes, 0);
        } catch (IOException malformed) {
            throw new UnreadablePayloadException("the constant is not well-formed JSON");
        }
    }

    private static Value value(JsonParser parser, JsonToken token, byte[] bytes, int start)
            throws IOException, UnreadablePayloadException {
        return switch (token) {
            case VALUE_STRING -> new Value.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Number(parser.getText());
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.Null.INSTANCE;
            case START_OBJECT, START_ARRAY -> structured(parser, bytes, start);
            default -> throw new UnreadablePayloadException("the payload is not well-formed JSON");
        };
    }

    /** The bytes from the bracket the parser has just read to its counterpart, as they are. */
    private static Value structured(JsonParser parser, byte[] bytes, int start) throws IOException {
        int from = (int) parser.currentLocation().getByteOffset() - 1;
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return new Value.Structured(new String(bytes, start + from, to - from, StandardCharsets.UTF_8));
    }
}
