package io.sluice.mapping.engine.json;

import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;

/** JSON that comes as text. Stateless. */
public final class JsonText {
    private JsonText() {}

    /**
     * The value a JSON text stands for.
     *
     * @throws MalformedJsonException when it is not exactly one JSON value
     */
    public static Value read(String json) throws MalformedJsonException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(bytes, 0, bytes.length);
        Value value = cursor.value();
        cursor.expectEnd();
        return value;
    }

    /** A text as a JSON string, quotes included; only what must be escaped is. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        escape(text, json);
        return json.append('"').toString();
    }

    /** Appends a text as it stands between the quotes of a JSON string. */
    public static void escape(String text, StringBuilder json) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < 0x20) {
                        json.append(String.format("\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
    }
}
