package io.sluice.mapping.engine.json;

import io.sluice.record.ByteSearch;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks once over one JSON text in UTF-8 and checks all of it (RFC 8259). Nesting costs no stack, so its depth has no
 * limit of its own. Not thread-safe.
 */
final class JsonCursor {
    /** What a string does not pass over without a thought: quote, backslash, control characters. */
    private static final ByteSearch SPECIAL = ByteSearch.of(' ', '"', '\\', '"');

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] bytes;
    private final int end;
    private int at;

    JsonCursor(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /** Over what remains in a buffer, whose position does not move. */
    static JsonCursor over(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return new JsonCursor(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new JsonCursor(copy, 0, copy.length);
    }

    /** Passes over these exact bytes if they come next. */
    boolean passes(byte[] expected) {
        if (end - at < expected.length
                || !Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length)) {
            return false;
        }
        at += expected.length;
        return true;
    }

    /** Passes over blanks, and then over this character if it is next. */
    boolean passes(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        skipBlanks();
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char expected) throws MalformedJsonException {
        if (!passes(expected)) {
            throw malformed();
        }
    }

    /** Nothing but blanks may come. */
    void expectEnd() throws MalformedJsonException {
        skipBlanks();
        if (at < end) {
            throw malformed();
        }
    }

    void skipBlanks() {
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private byte peek() throws MalformedJsonException {
        skipBlanks();
        if (at >= end) {
            throw malformed();
        }
        return bytes[at];
    }

    /** Reads the next value; an array or an object as the text it is. */
    Value value() throws MalformedJsonException {
        switch (peek()) {
            case '"':
                return textValue();
            case '{', '[':
                int from = at;
                skip();
                return new Value.Structured(bytes, from, at, isAscii(from, at) ? null : text(from, at));
            case 't':
                literal(TRUE);
                return Value.Bool.TRUE;
            case 'f':
                literal(FALSE);
                return Value.Bool.FALSE;
            case 'n':
                literal(NULL);
                return Value.Null.INSTANCE;
            default:
                int start = at;
                skipNumber();
                return new Value.Number(bytes, start, at);
        }
    }

    /** A string without escapes stays the bytes it is. */
    private Value.Text textValue() throws MalformedJsonException {
        int from = ++at;
        passPlain();
        if (bytes[at] != '"') {
            return new Value.Text(unescaped(from));
        }
        int to = at++;
        return new Value.Text(bytes, from, to, isAscii(from, to) ? null : text(from, to));
    }

    /** The text of the next value, which must be a string. */
    String string() throws MalformedJsonException {
        if (peek() != '"') {
            throw malformed();
        }
        int from = ++at;
        passPlain();
        return bytes[at] == '"' ? text(from, at++) : unescaped(from);
    }

    /** The text of a string that began there; the cursor is at its first escape. */
    private String unescaped(int begin) throws MalformedJsonException {
        int from = begin;
        StringBuilder decoded = new StringBuilder(at - from + 32);
        while (bytes[at] != '"') {
            decoded.append(text(from, at)).append(escape());
            from = at;
            passPlain();
        }
        return decoded.append(text(from, at++)).toString();
    }

    /** Goes to the next byte of a string that is not plain; it is a quote or a backslash. */
    private void passPlain() throws MalformedJsonException {
        at = SPECIAL.next(bytes, at, end);
        if (at >= end || (bytes[at] != '"' && bytes[at] != '\\')) {
            throw malformed();
        }
    }

    /** The character an escape stands for. */
    private char escape() throws MalformedJsonException {
        at++;
        if (at >= end) {
            throw malformed();
        }
        byte letter = bytes[at++];
        return switch (letter) {
            case '"', '\\', '/' -> (char) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw malformed();
        };
    }

    private char hexadecimal() throws MalformedJsonException {
        if (end - at < 4) {
            throw malformed();
        }
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = Character.digit(bytes[at++], 16);
            if (value < 0) {
                throw malformed();
            }
            code = code << 4 | value;
        }
        return (char) code;
    }

    private boolean isAscii(int from, int to) {
        return ByteSearch.isAscii(bytes, from, to);
    }

    /** UTF-8 to text; what is no UTF-8 is refused, never replaced. */
    private String text(int from, int to) throws MalformedJsonException {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                CharBuffer strict = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
                return strict.toString();
            } catch (CharacterCodingException notUtf8) {
                throw malformed();
            }
        }
        return text;
    }

    private void literal(byte[] expected) throws MalformedJsonException {
        if (!passes(expected)) {
            throw malformed();
        }
    }

    private void skipNumber() throws MalformedJsonException {
        if (at < end && bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (at < end && bytes[at] == '.') {
            at++;
            skipDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() throws MalformedJsonException {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed();
        }
    }

    /** Passes over the next value, checking all of it. */
    void skip() throws MalformedJsonException {
        Nesting open = null;
        do {
            byte first = peek();
            if (first == '{' || first == '[') {
                at++;
                open = open == null ? new Nesting() : open;
                open.enter(first == '{');
                if (!passes(first == '{' ? '}' : ']')) {
                    if (first == '{') {
                        skipKey();
                    }
                    continue;
                }
                open.leave();
            } else {
                skipScalar(first);
            }
            closeWhatEnds(open);
        } while (open != null && open.depth > 0);
    }

    /** After a value: closes what ends here; stops before the next value, or when nothing is open. */
    private void closeWhatEnds(Nesting open) throws MalformedJsonException {
        while (open != null && open.depth > 0) {
            if (passes(',')) {
                if (open.inObject()) {
                    skipKey();
                }
                return;
            }
            expect(open.inObject() ? '}' : ']');
            open.leave();
        }
    }

    private void skipKey() throws MalformedJsonException {
        if (peek() != '"') {
            throw malformed();
        }
        skipString();
        expect(':');
    }

    private void skipScalar(byte first) throws MalformedJsonException {
        switch (first) {
            case '"' -> skipString();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> skipNumber();
        }
    }

    private void skipString() throws MalformedJsonException {
        at++;
        passPlain();
        while (bytes[at] != '"') {
            escape();
            passPlain();
        }
        at++;
    }

    private static MalformedJsonException malformed() {
        return new MalformedJsonException("the text is not well-formed JSON");
    }

    /** Which brackets are open: a bit each. */
    private static final class Nesting {
        private long[] objects = new long[1];
        private int depth;

        void enter(boolean object) {
            if (depth >> 6 == objects.length) {
                objects = Arrays.copyOf(objects, objects.length * 2);
            }
            long bit = 1L << (depth & 63);
            objects[depth >> 6] = object ? objects[depth >> 6] | bit : objects[depth >> 6] & ~bit;
            depth++;
        }

        void leave() {
            depth--;
        }

        boolean inObject() {
            return (objects[depth - 1 >> 6] & 1L << (depth - 1 & 63)) != 0;
        }
    }
}
