package io.sluice.record;

import java.util.Objects;

/**
 * One value of a record on its way to a destination.
 *
 * <p>Numbers keep the exact text the source gave, so that a {@code numeric(38,10)} arrives digit for digit
 * (requirement MAP-13). Dates and times are {@link Text} in ISO form. Arrays and objects are {@link Structured}: JSON
 * text, untouched. Immutable.
 */
public sealed interface Value {

    /** SQL NULL or JSON null. */
    record Null() implements Value {
        /** The one instance worth having. */
        public static final Null INSTANCE = new Null();
    }

    /** A truth value. */
    record Bool(boolean value) implements Value {
        /** Shared instances: rows carry millions of these. */
        public static final Bool TRUE = new Bool(true);

        public static final Bool FALSE = new Bool(false);
    }

    /** A number, as the exact JSON number text of the source. */
    record Number(String text) implements Value {
        public Number {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Text; also dates, times, UUIDs, binary data and the numbers JSON cannot write (NaN, infinities). */
    record Text(String text) implements Value {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /** An array or an object, as JSON text; also a JSON string on its way to a field that takes JSON. */
    record Structured(String json) implements Value {
        public Structured {
            Objects.requireNonNull(json, "json");
        }
    }

    /** The null value. */
    static Value nothing() {
        return Null.INSTANCE;
    }

    /** A truth value. */
    static Value of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    /** Text, or null when {@code text} is null. */
    static Value ofText(String text) {
        return text == null ? Null.INSTANCE : new Text(text);
    }
}
