package io.sluice.differ.diff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The payload of a removal: the state holds no rows (requirement SRC-16), so all there is to say is the identifier, as a
 * JSON object with its source column as the only key and its text form as the value.
 */
final class RemovalPayload {

    private RemovalPayload() {}

    static ByteBuffer of(String column, String identifier) {
        StringBuilder json = new StringBuilder(column.length() + identifier.length() + 8);
        json.append('{');
        quote(column, json);
        json.append(':');
        quote(identifier, json);
        json.append('}');
        return ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
