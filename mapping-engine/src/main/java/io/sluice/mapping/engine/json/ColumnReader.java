package io.sluice.mapping.engine.json;

import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the wanted columns of a payload in one pass, and nothing else of it. Fastest when the payload has its keys in the
 * order of the wanted columns, as extractors write them (docs/reference/json-form.md); any other order is read as well.
 * Immutable and thread-safe.
 */
public final class ColumnReader {
    /** For each wanted column its key as it stands in a payload, quotes included; null for a name that needs escapes. */
    private final byte[][] keys;

    private final Map<String, Integer> positions = new HashMap<>();

    private ColumnReader(List<String> columns) {
        keys = new byte[columns.size()][];
        for (int i = 0; i < keys.length; i++) {
            positions.put(columns.get(i), i);
            keys[i] = key(columns.get(i));
        }
    }

    /**
     * A reader of these columns.
     *
     * @param columns exact names, each once, best in alphabetical order
     */
    public static ColumnReader of(List<String> columns) {
        return new ColumnReader(columns);
    }

    private static byte[] key(String name) {
        boolean escaped = name.chars().anyMatch(character -> character < 0x20 || character == '"' || character == '\\');
        return escaped ? null : ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** How many columns are wanted. */
    public int size() {
        return keys.length;
    }

    /**
     * Puts the value of each wanted column into {@code into}, at the column's position; a column that the payload does
     * not have leaves its place untouched. Of a key that is there twice the last value counts.
     *
     * @param payload one JSON object; the buffer's position does not move
     * @throws MalformedJsonException when it is anything else
     */
    public void read(ByteBuffer payload, Value[] into) throws MalformedJsonException {
        JsonCursor cursor = JsonCursor.over(payload);
        cursor.expect('{');
        int next = 0;
        if (!cursor.passes('}')) {
            do {
                int column = column(cursor, next);
                cursor.expect(':');
                if (column < 0) {
                    cursor.skip();
                } else {
                    into[column] = cursor.value();
                    next = column + 1;
                }
            } while (cursor.passes(','));
            cursor.expect('}');
        }
        cursor.expectEnd();
    }

    private int column(JsonCursor cursor, int next) throws MalformedJsonException {
        cursor.skipBlanks();
        if (next < keys.length && keys[next] != null && cursor.passes(keys[next])) {
            return next;
        }
        Integer position = positions.get(cursor.string());
        return position == null ? -1 : position;
    }
}
