package io.sluice.connector.destination.webhook;

import io.sluice.record.Value;
import io.sluice.record.WrittenValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 in one pass, without texts in between. Numbers keep their digits, structured values are passed on as
 * they are. Not thread-safe.
 */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private static final byte[] NOTHING = {};

    /** A body or a text beyond this was an exception: nothing as large is kept for the next. */
    private static final int MOST_KEPT = 4 << 20;

    /** A character takes six bytes at most, as a Unicode escape. */
    private static final int MOST_PER_CHARACTER = 6;

    /** The ASCII characters that a JSON string holds as they are. */
    private static final boolean[] PLAIN = plain();

    private byte[] bytes = NOTHING;
    private char[] scratch = new char[256];
    private int length;

    /** What the next body will take, going by the last one. */
    private int expected = 256;

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    /** Text of ASCII characters only, as bytes to be given to {@link #raw}. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The JSON string of a text, as bytes to be given to {@link #raw}. */
    static byte[] quoted(String text) {
        return new JsonBytes().string(text).toArray();
    }

    /** A copy of what was written. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Bytes as they are. */
    JsonBytes raw(byte[] json) {
        return raw(json, 0);
    }

    /** Bytes as they are, without the first ones. */
    JsonBytes raw(byte[] json, int from) {
        int count = json.length - from;
        reserve(count);
        System.arraycopy(json, from, bytes, length, count);
        length += count;
        return this;
    }

    /** The bytes a value came in. */
    private JsonBytes raw(WrittenValue value) {
        reserve(value.utf8Length());
        value.copyUtf8(bytes, length);
        length += value.utf8Length();
        return this;
    }

    /** One ASCII character as it is. */
    JsonBytes raw(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
        return this;
    }

    JsonBytes value(Value value) {
        return switch (value) {
            case Value.Null _ -> raw(NULL);
            case Value.Bool(boolean truth) -> raw(truth ? TRUE : FALSE);
            case Value.Number number -> number.isUtf8() ? raw(number) : raw(ascii(number.text()));
            case Value.Text text -> text.isUtf8() ? raw('"').raw(text).raw('"') : string(text.text());
            case Value.Structured json ->
                json.isUtf8() ? raw(json) : raw(json.json().getBytes(StandardCharsets.UTF_8));
        };
    }

    JsonBytes string(String text) {
        reserve(2 + (long) MOST_PER_CHARACTER * text.length());
        char[] characters = charactersOf(text);
        int end = text.length();
        bytes[length++] = '"';
        int index = 0;
        while (true) {
            index = plainRun(characters, index, end);
            if (index == end) {
                break;
            }
            char character = characters[index];
            if (character < 0x80) {
                escape(character);
            } else if (!Character.isSurrogate(character)) {
                encode(character);
            } else if (isPair(characters, index, end)) {
                encode(Character.toCodePoint(character, characters[++index]));
            } else {
                // half a surrogate pair: UTF-8 cannot carry it, JSON can
                unicodeEscape(character);
            }
            index++;
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes the characters that stand for themselves, up to the first that does not; gives its position. */
    private int plainRun(char[] characters, int from, int end) {
        byte[] to = bytes;
        int at = length;
        int index = from;
        for (; index < end; index++) {
            char character = characters[index];
            if (character >= 0x80 || !PLAIN[character]) {
                break;
            }
            to[at++] = (byte) character;
        }
        length = at;
        return index;
    }

    /** Copied in one go: asking a text for one character after the other costs more than all the rest. */
    private char[] charactersOf(String text) {
        int needed = text.length();
        if (needed > MOST_KEPT) {
            return text.toCharArray();
        }
        if (scratch.length < needed) {
            scratch = new char[Math.max(needed, 2 * scratch.length)];
        }
        text.getChars(0, needed, scratch, 0);
        return scratch;
    }

    private static boolean isPair(char[] text, int index, int end) {
        return Character.isHighSurrogate(text[index]) && index + 1 < end && Character.isLowSurrogate(text[index + 1]);
    }

    /** A character beyond ASCII. */
    private void encode(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                bytes[length++] = (byte) (0xE0 | codePoint >> 12);
            } else {
                bytes[length++] = (byte) (0xF0 | codePoint >> 18);
                bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            }
            bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        }
        bytes[length++] = (byte) (0x80 | codePoint & 0x3F);
    }

    /** Quote, backslash and control characters. */
    private void escape(char character) {
        switch (character) {
            case '"', '\\' -> twoCharacters(character);
            case '\n' -> twoCharacters('n');
            case '\r' -> twoCharacters('r');
            case '\t' -> twoCharacters('t');
            default -> {
                if (character < ' ') {
                    unicodeEscape(character);
                } else {
                    bytes[length++] = (byte) character;
                }
            }
        }
    }

    private void twoCharacters(char escaped) {
        bytes[length++] = '\\';
        bytes[length++] = (byte) escaped;
    }

    private void unicodeEscape(char character) {
        twoCharacters('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[character >> shift & 0xF];
        }
    }

    private void reserve(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a request body of more than 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int)
                    Math.min(Integer.MAX_VALUE - 8, Math.max(Math.max(needed, expected), 2L * bytes.length)));
        }
    }

    /** What was written; it is the taker's, and the next body begins in memory of its own. */
    ByteBuffer take() {
        ByteBuffer written = ByteBuffer.wrap(bytes, 0, length);
        expected = Math.min(MOST_KEPT, length + length / 8);
        bytes = NOTHING;
        length = 0;
        return written;
    }
}
