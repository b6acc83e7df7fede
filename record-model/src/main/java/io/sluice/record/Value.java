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
    final class Number extends WrittenValue implements Value {
        public Number(String text) {
            super(Objects.requireNonNull(text, "text"));
        }

        /** A number in the ASCII bytes of a payload, from the first to the one behind the last. */
        public Number(byte[] ascii, int from, int to) {
            super(ascii, from, to, null);
        }

        public String text() {
            return characters();
        }

        /** Whether it is written without fraction and exponent. */
        public boolean isWrittenWhole() {
            return isWhole();
        }
    }

    /** Text; also dates, times, UUIDs, binary data and the numbers JSON cannot write (NaN, infinities). */
    final class Text extends WrittenValue implements Value {
        public Text(String text) {
            super(Objects.requireNonNull(text, "text"));
        }

        /**
         * Text in the UTF-8 of a payload, which has no quote, no backslash and no control character there: so its bytes stand for
         * themselves between the quotes of a JSON string, and in a row of COPY.
         *
         * @param from the first byte
         * @param to the byte behind the last
         * @param text the same as text where it is known already, or null
         */
        public Text(byte[] plain, int from, int to, String text) {
            super(plain, from, to, text);
        }

        public String text() {
            return characters();
        }
    }

    /** An array or an object, as JSON text; also a JSON string on its way to a field that takes JSON. */
    final class Structured extends WrittenValue implements Value {
        public Structured(String json) {
            super(Objects.requireNonNull(json, "json"));
        }

        /**
         * JSON in the UTF-8 of a payload.
         *
         * @param from the first byte
         * @param to the byte behind the last
         * @param json the same as text where it is known already, or null
         */
        public Structured(byte[] utf8, int from, int to, String json) {
            super(utf8, from, to, json);
        }

        public String json() {
            return characters();
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
