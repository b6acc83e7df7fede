package io.sluice.record;

import java.nio.charset.StandardCharsets;

/**
 * A value that is written in characters. Those of a payload stay the UTF-8 bytes they came in until somebody asks for their
 * text: most go straight into another message, and a million rows of twenty texts are a million times twenty objects and
 * copies that nobody needs. Immutable and thread-safe; equal when kind and text are.
 */
public abstract sealed class WrittenValue permits Value.Number, Value.Text, Value.Structured {
    private static final byte[] NONE = {};

    /** Holds more than this value, and may not be changed as long as it lives; empty when there is only the text. */
    private final byte[] utf8;

    private final int from;
    private final int length;

    /** Null until it is asked for. Set twice by two threads it is set to equal texts. */
    private String text;

    WrittenValue(String text) {
        this(NONE, 0, 0, text);
    }

    WrittenValue(byte[] utf8, int from, int to, String text) {
        this.utf8 = utf8;
        this.from = from;
        this.length = to - from;
        this.text = text;
    }

    /** The text, made out of the bytes when it is asked for the first time. */
    final String characters() {
        String known = text;
        if (known == null) {
            known = new String(utf8, from, length, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** Whether it still has the bytes it came in, and {@link #copyUtf8} may be called. */
    public final boolean isUtf8() {
        return utf8 != NONE;
    }

    /** How many bytes {@link #copyUtf8} writes. */
    public final int utf8Length() {
        return length;
    }

    /** Copies the bytes it came in, all of them. */
    public final void copyUtf8(byte[] into, int at) {
        System.arraycopy(utf8, from, into, at, length);
    }

    /** Whether these are digits only, perhaps behind a minus sign. */
    final boolean isWhole() {
        int begin = isUtf8() ? from : 0;
        int end = isUtf8() ? from + length : text.length();
        int at = begin < end && characterAt(begin) == '-' ? begin + 1 : begin;
        int digits = at;
        while (at < end && characterAt(at) >= '0' && characterAt(at) <= '9') {
            at++;
        }
        return at == end && at > digits;
    }

    private int characterAt(int place) {
        return isUtf8() ? utf8[place] : text.charAt(place);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof WrittenValue value
                && getClass() == value.getClass()
                && characters().equals(value.characters());
    }

    @Override
    public final int hashCode() {
        return characters().hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + characters() + "]";
    }
}
