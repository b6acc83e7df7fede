package io.sluice.connector.destination.postgres;

import io.sluice.record.ByteSearch;
import io.sluice.record.Value;
import io.sluice.record.WrittenValue;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of COPY, as UTF-8. Nothing is mended: a null character and half a surrogate pair are written
 * as the bytes they would be, so that the server refuses them in its own words.
 */
final class CopyText {
    private static final byte[] NULL = "\\N".getBytes(StandardCharsets.US_ASCII);

    /** Among these is what JSON may hold and COPY reads as something else. */
    private static final ByteSearch SPECIAL = ByteSearch.of((char) ('\r' + 1), '\\', '\\', '\\');

    /** So much is sent at a time: the server reads the first while the next is on its way. */
    private static final int PIECE = 1 << 16;

    private byte[] bytes = new byte[PIECE];
    private int size;
    private int rowStart;

    /** Forgets what was written; its memory is kept for what comes next. */
    void clear() {
        size = 0;
    }

    /** How many bytes are written: where the next row begins. */
    int size() {
        return size;
    }

    /** Begins a row with its ordinal. */
    void begin(int ordinal) {
        rowStart = size;
        ascii(Integer.toString(ordinal));
    }

    /** The next value of the row. */
    void value(String text) {
        next(0);
        escaped(text);
    }

    /** The next value of the row is SQL NULL. */
    void nothing() {
        next(NULL.length);
        System.arraycopy(NULL, 0, bytes, size, NULL.length);
        size += NULL.length;
    }

    /** The next value of the row: bytes without anything that COPY reads as something else. */
    void plain(WrittenValue value) {
        next(value.utf8Length());
        value.copyUtf8(bytes, size);
        size += value.utf8Length();
    }

    /** The next value of the row: JSON, which seldom has anything to escape. */
    void json(Value.Structured json) {
        int start = size;
        if (json.isUtf8()) {
            plain(json);
            if (SPECIAL.next(bytes, start + 1, size) == size) {
                return;
            }
            size = start;
        }
        value(json.json());
    }

    /** Begins a value that takes so many bytes. */
    private void next(int length) {
        reserve(Math.addExact(1, length));
        bytes[size++] = '\t';
    }

    /** Takes back the row that was begun and not ended. */
    void forgetRow() {
        size = rowStart;
    }

    /** Ends a row. */
    void end() {
        reserve(1);
        bytes[size++] = '\n';
    }

    /** Sends whole rows, from the first byte of one to the first byte of another. */
    void send(CopyIn copy, int from, int to) throws SQLException {
        for (int at = from; at < to; at += PIECE) {
            copy.writeToCopy(bytes, at, Math.min(PIECE, to - at));
        }
    }

    /** What is written, for tests. */
    byte[] written() {
        return Arrays.copyOf(bytes, size);
    }

    private void escaped(String text) {
        int length = text.length();
        reserve(Math.multiplyExact(length, 3));
        byte[] out = bytes;
        int at = size;
        for (int index = 0; index < length; index++) {
            char character = text.charAt(index);
            if (character < 0x80) {
                switch (character) {
                    case '\\', '\n', '\r', '\t' -> {
                        out[at++] = '\\';
                        out[at++] = letter(character);
                    }
                    default -> out[at++] = (byte) character;
                }
            } else if (character < 0x800) {
                out[at++] = (byte) (0xC0 | character >> 6);
                out[at++] = (byte) (0x80 | character & 0x3F);
            } else if (Character.isHighSurrogate(character)
                    && index + 1 < length
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                index++;
                at = supplementary(out, at, Character.toCodePoint(character, text.charAt(index)));
            } else {
                out[at++] = (byte) (0xE0 | character >> 12);
                out[at++] = (byte) (0x80 | character >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | character & 0x3F);
            }
        }
        size = at;
    }

    private static int supplementary(byte[] out, int at, int codePoint) {
        out[at] = (byte) (0xF0 | codePoint >> 18);
        out[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        out[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
        return at + 4;
    }

    private static byte letter(char escaped) {
        return switch (escaped) {
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> '\\';
        };
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int index = 0; index < text.length(); index++) {
            bytes[size++] = (byte) text.charAt(index);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
