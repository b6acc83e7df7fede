package io.sluice.mapping.engine.cast;

import io.sluice.mapping.engine.json.JsonText;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.record.Value;
import java.util.Locale;

/**
 * Makes values fit one destination field (MAP-13, MAP-14). Null stays null; a value that fits already is handed back as it
 * is. Numbers never go through a double. Immutable and thread-safe.
 */
public final class Cast {
    private final String field;
    private final FieldType type;
    private final boolean array;
    private final Origin origin;

    /** Where a text comes from decides what it means to a JSON field. */
    public enum Origin {
        /** Plain text, which may be JSON in text form. */
        TEXT,
        /** A value out of JSON: a text is a JSON string. */
        JSON
    }

    private Cast(String field, FieldType type, boolean array, Origin origin) {
        this.field = field;
        this.type = type;
        this.array = array;
        this.origin = origin;
    }

    /**
     * A cast.
     *
     * @param field name of the field, for messages
     * @param type type of the field, or of its elements
     * @param array whether the field takes a list
     * @param origin what a text means
     */
    public static Cast to(String field, FieldType type, boolean array, Origin origin) {
        return new Cast(field, type, array, origin);
    }

    /**
     * The value as the field takes it.
     *
     * @throws CastException when it does not fit
     */
    public Value apply(Value value) throws CastException {
        if (value == null || value instanceof Value.Null) {
            return value;
        }
        if (array) {
            return list(value);
        }
        return switch (type) {
            case STRING -> text(value);
            case BOOLEAN -> bool(value);
            case INTEGER -> whole(value);
            case DECIMAL, FLOAT -> number(value);
            case DATE -> date(value);
            case DATE_TIME -> dateTime(value);
            case OBJECT -> json(value);
        };
    }

    private static Value text(Value value) {
        return switch (value) {
            case Value.Bool bool -> new Value.Text(Boolean.toString(bool.value()));
            case Value.Number number -> new Value.Text(number.text());
            case Value.Structured structured -> new Value.Text(structured.json());
            case Value.Text text -> text;
            case Value.Null nothing -> nothing;
        };
    }

    private Value bool(Value value) throws CastException {
        return switch (value) {
            case Value.Bool bool -> bool;
            case Value.Number number when number.text().equals("1") -> Value.Bool.TRUE;
            case Value.Number number when number.text().equals("0") -> Value.Bool.FALSE;
            case Value.Text text ->
                switch (text.text().strip().toLowerCase(Locale.ROOT)) {
                    case "true", "t", "yes", "y", "on", "1" -> Value.Bool.TRUE;
                    case "false", "f", "no", "n", "off", "0" -> Value.Bool.FALSE;
                    default -> throw unfit("neither true nor false");
                };
            default -> throw unfit("neither true nor false");
        };
    }

    private Value whole(Value value) throws CastException {
        Value number = number(value);
        if (number instanceof Value.Number digits) {
            return digits.isWrittenWhole()
                    ? number
                    : Numbers.whole(digits.text()).orElseThrow(() -> unfit("no whole number"));
        }
        throw unfit("no whole number");
    }

    private Value number(Value value) throws CastException {
        return switch (value) {
            case Value.Number number -> number;
            case Value.Text text -> Numbers.parse(text.text().strip()).orElseThrow(() -> unfit("no number"));
            default -> throw unfit("no number");
        };
    }

    private String temporal(Value value) throws CastException {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw unfit("no ISO date or time");
    }

    private Value date(Value value) throws CastException {
        String text = temporal(value);
        String date = Times.date(text, this);
        return date.equals(text) ? value : new Value.Text(date);
    }

    private Value dateTime(Value value) throws CastException {
        String text = temporal(value);
        String utc = Times.dateTime(text, this);
        return utc.equals(text) ? value : new Value.Text(utc);
    }

    /** A text out of JSON stays the JSON string it is; any other text must be JSON. */
    private Value json(Value value) throws CastException {
        if (!(value instanceof Value.Text text)) {
            return value;
        }
        if (origin == Origin.JSON) {
            return new Value.Structured(JsonText.quote(text.text()));
        }
        try {
            Value parsed = JsonText.read(text.text());
            return parsed instanceof Value.Text string ? new Value.Structured(JsonText.quote(string.text())) : parsed;
        } catch (MalformedJsonException notJson) {
            throw unfit("not valid JSON");
        }
    }

    private Value list(Value value) throws CastException {
        if (value instanceof Value.Structured structured && isArray(structured)) {
            return value;
        }
        if (value instanceof Value.Text text && origin == Origin.TEXT) {
            try {
                if (JsonText.read(text.text()) instanceof Value.Structured parsed && isArray(parsed)) {
                    return parsed;
                }
            } catch (MalformedJsonException notJson) {
                throw new CastException(
                        "JSON_ARRAY_ERROR: field " + field + " takes a list, and the value is not valid JSON");
            }
        }
        throw new CastException(
                "JSON_ARRAY_ERROR: field " + field + " takes a list, and the value is not a JSON array");
    }

    private static boolean isArray(Value.Structured structured) {
        return structured.json().startsWith("[");
    }

    CastException unfit(String what) {
        return new CastException(
                "CAST_ERROR: field " + field + " takes " + type.wireName() + ", and the value is " + what);
    }
}
