package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that JSON is written into; emptied and reused row by row. Callers reserve room first
 * ({@link #reserve}) and then append without further checks.
 */
final class JsonBuffer {
    /** Largest array a JVM is sure to allocate. */
    private static final int MOST = Integer.MAX_VALUE - 8;
    /** A row may blow the buffer up; beyond this it is given back after the row. */
    private static final int KEEP = 1 << 20;

    private static final byte[] PAIRS = pairs();
    private static final byte[] LEAST_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    byte[] bytes;
    int size;

    JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        size = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[KEEP];
        }
    }

    /** Makes room for {@code more} bytes. */
    void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MOST) {
            throw new RowTooLargeException();
        }
        long doubled = Math.min(MOST, bytes.length * 2L);
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }

    /** Appends one byte; room must be reserved. */
    void put(int value) {
        bytes[size++] = (byte) value;
    }

    /** Appends bytes; reserves room itself. */
    void put(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
    }

    /** Appends a part of an array; reserves room itself. */
    void put(byte[] values, int offset, int length) {
        reserve(length);
        System.arraycopy(values, offset, bytes, size, length);
        size += length;
    }

    /** Appends a decimal number, at most 20 bytes; room must be reserved. */
    void putLong(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                put(LEAST_LONG);
                return;
            }
            bytes[size++] = '-';
            putDigits(-value);
        } else {
            putDigits(value);
        }
    }

    private void putDigits(long value) {
        int digits = digits(value);
        int at = size + digits;
        size = at;
        long rest = value;
        while (rest >= 100) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100) << 1;
            rest = quotient;
            bytes[--at] = PAIRS[pair + 1];
            bytes[--at] = PAIRS[pair];
        }
        if (rest >= 10) {
            bytes[--at] = PAIRS[((int) rest << 1) + 1];
            bytes[--at] = PAIRS[(int) rest << 1];
        } else {
            bytes[--at] = (byte) ('0' + rest);
        }
    }

    /** Appends two digits, 00 to 99; room must be reserved. */
    void putTwo(int value) {
        bytes[size++] = PAIRS[value << 1];
        bytes[size++] = PAIRS[(value << 1) + 1];
    }

    /** Appends four digits, 0000 to 9999; room must be reserved. */
    void putFour(int value) {
        int high = value / 100;
        putTwo(high);
        putTwo(value - high * 100);
    }

    /** Appends six digits, 000000 to 999999; room must be reserved. */
    void putSix(int value) {
        int high = value / 10_000;
        putTwo(high);
        putFour(value - high * 10_000);
    }

    /** The bytes so far, as an array of their own. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** A part of the bytes, which must be ASCII, as text. */
    String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    static int digits(long value) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && value >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int value = 0; value < 100; value++) {
            pairs[value << 1] = (byte) ('0' + value / 10);
            pairs[(value << 1) + 1] = (byte) ('0' + value % 10);
        }
        return pairs;
    }
}
