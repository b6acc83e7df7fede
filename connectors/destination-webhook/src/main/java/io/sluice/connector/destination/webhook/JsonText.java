package io.sluice.connector.destination.webhook;

import io.sluice.record.Value;
import java.util.HexFormat;

/** Values as JSON. Numbers keep their digits, structured values are passed on as they are. */
final class JsonText {
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    static void value(StringBuilder json, Value value) {
        switch (value) {
            case Value.Null _ -> json.append("null");
            case Value.Bool(boolean truth) -> json.append(truth);
            case Value.Number(String digits) -> json.append(digits);
            case Value.Text(String text) -> string(json, text);
            case Value.Structured(String structured) -> json.append(structured);
        }
    }

    static void string(StringBuilder json, String text) {
        json.append('"');
        int copied = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= ' ' && character != '"' && character != '\\' && !Character.isSurrogate(character)) {
                continue;
            }
            if (Character.isHighSurrogate(character)
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                index++;
                continue;
            }
            json.append(text, copied, index);
            escape(json, character);
            copied = index + 1;
        }
        json.append(text, copied, text.length()).append('"');
    }

    /** Quote, backslash, control characters, and half a surrogate pair: UTF-8 cannot carry that one, JSON can. */
    private static void escape(StringBuilder json, char character) {
        switch (character) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> json.append("\\u").append(HEX.toHexDigits(character));
        }
    }
}
