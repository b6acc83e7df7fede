package io.sluice.connector.destination.webhook;

import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 in one pass, without texts in between. Numbers keep their digits, structured values are passed on as
 * they are. Its memory is used again for the next body; not thread-safe.
 */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** A body beyond this was an exception: its memory is given back. */
    private static final int MOST_KEPT = 4 << 20;

    /** A character takes six bytes at most, as a Unicode escape. */
    private static final int MOST_PER_CHARACTER = 6;

    /** The ASCII characters that a JSON string holds as they are. */
    private static final boolean[] PLAIN = plain();

    private byte[] bytes = new byte[16 << 10];
    private char[] scratch = new char[256];
    private int length;

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
        return new JsonBytes().string(text).take();
    }

    /** Bytes as they are. */
    JsonBytes raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
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
            case Value.Number(String digits) -> unescaped(digits);
            case Value.Text(String text) -> string(text);
            case Value.Structured(String structured) -> unescaped(structured);
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

    /** JSON that is well-formed already. */
    private JsonBytes unescaped(String json) {
        reserve(3L * json.length());
        char[] characters = charactersOf(json);
        int end = json.length();
        byte[] to = bytes;
        int at = length;
        for (int index = 0; index < end; index++) {
            char character = characters[index];
            if (character < 0x80) {
                to[at++] = (byte) character;
                continue;
            }
            length = at;
            if (isPair(characters, index, end)) {
                encode(Character.toCodePoint(character, characters[++index]));
            } else if (!Character.isSurrogate(character)) {
                encode(character);
            } else {
                bytes[length++] = '?';
            }
            at = length;
        }
        length = at;
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
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }

    /** What was written, as an array of its own; the next body begins. */
    byte[] take() {
        byte[] written = Arrays.copyOf(bytes, length);
        length = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[16 << 10];
        }
        return written;
    }
}
