package io.sluice.mapping.engine.liquid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.mapping.engine.json.JsonText;
import io.sluice.record.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liqp.PlainBigDecimal;

/** Between the values of records, those of templates, and JSON. Numbers are never doubles. */
final class LiquidValues {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_DEPTH = 200;

    /** Beyond this exponent a number stays text: its digits would fill the memory. */
    private static final int MOST_SCALE = 5_000;

    private LiquidValues() {}

    /** A record's value in a template. */
    static Object of(Value value) {
        return switch (value) {
            case null -> null;
            case Value.Null nothing -> null;
            case Value.Bool bool -> bool.value();
            case Value.Number number -> number(number.text());
            case Value.Text text -> text.text();
            case Value.Structured structured -> parsed(structured.json());
        };
    }

    /** A number of whatever size; text when it is no number, or an unreasonable one. */
    static Object number(String digits) {
        try {
            if (digits.length() <= 18
                    && digits.indexOf('.') < 0
                    && digits.indexOf('e') < 0
                    && digits.indexOf('E') < 0) {
                return Long.valueOf(digits);
            }
            BigDecimal number = new BigDecimal(digits);
            return Math.abs((long) number.scale()) > MOST_SCALE ? digits : new PlainBigDecimal(number);
        } catch (NumberFormatException unreasonable) {
            return digits;
        }
    }

    private static Object parsed(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return parsed(parser);
        } catch (IOException malformed) {
            throw new RenderStop("a column's JSON cannot be read, or is nested too deeply");
        }
    }

    private static Object parsed(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, parsed(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(parsed(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /** A template's value as JSON (filter {@code json}). */
    static String json(Object value) {
        StringBuilder json = new StringBuilder();
        json(value, json, 0);
        return json.toString();
    }

    private static void json(Object value, StringBuilder json, int depth) {
        if (depth > MOST_DEPTH) {
            throw new RenderStop("a value is nested too deeply");
        }
        switch (value) {
            case null -> json.append("null");
            case Boolean bool -> json.append(bool.booleanValue());
            case BigDecimal number -> json.append(number.toPlainString());
            case Number number -> json.append(number);
            case Map<?, ?> object -> object(object, json, depth);
            case Collection<?> array -> array(array, json, depth);
            case Object[] array -> array(Arrays.asList(array), json, depth);
            default -> {
                json.append('"');
                JsonText.escape(value.toString(), json);
                json.append('"');
            }
        }
        RenderBudget.checkLength(json.length());
    }

    private static void object(Map<?, ?> object, StringBuilder json, int depth) {
        String separator = "{";
        for (Map.Entry<?, ?> member : object.entrySet()) {
            json.append(separator).append('"');
            JsonText.escape(String.valueOf(member.getKey()), json);
            json.append("\":");
            json(member.getValue(), json, depth + 1);
            separator = ",";
        }
        json.append(object.isEmpty() ? "{}" : "}");
    }

    private static void array(Collection<?> array, StringBuilder json, int depth) {
        String separator = "[";
        for (Object element : array) {
            json.append(separator);
            json(element, json, depth + 1);
            separator = ",";
        }
        json.append(array.isEmpty() ? "[]" : "]");
    }

    /** A template's value as text. */
    static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> object -> json(object);
            case Collection<?> array -> joined(array);
            case Object[] array -> joined(Arrays.asList(array));
            default -> value.toString();
        };
    }

    private static String joined(Collection<?> array) {
        StringBuilder text = new StringBuilder();
        for (Object element : array) {
            text.append(text(element));
            RenderBudget.checkLength(text.length());
        }
        return text.toString();
    }
}
