package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/**
 * {@code numeric}: groups of four decimal digits, a weight and a display scale. Every digit is kept, also trailing zeros
 * of the scale.
 */
final class NumericEncoder {
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int MINUS_INFINITY = 0xF000;

    static final byte[] NAN_TEXT = "\"NaN\"".getBytes(StandardCharsets.US_ASCII);
    static final byte[] INFINITY_TEXT = "\"Infinity\"".getBytes(StandardCharsets.US_ASCII);
    static final byte[] MINUS_INFINITY_TEXT = "\"-Infinity\"".getBytes(StandardCharsets.US_ASCII);

    private NumericEncoder() {}

    static void encode(byte[] source, int offset, int length, JsonBuffer out) {
        int sign = BigEndian.int16(source, offset + 4) & 0xFFFF;
        switch (sign) {
            case NAN -> out.put(NAN_TEXT);
            case INFINITY -> out.put(INFINITY_TEXT);
            case MINUS_INFINITY -> out.put(MINUS_INFINITY_TEXT);
            default -> finite(source, offset, sign == NEGATIVE, out);
        }
    }

    private static void finite(byte[] source, int offset, boolean negative, JsonBuffer out) {
        int groups = BigEndian.int16(source, offset);
        int weight = BigEndian.int16(source, offset + 2);
        int scale = BigEndian.int16(source, offset + 6);
        int first = offset + 8;
        out.reserve(Math.max(1, (weight + 1) * 4) + scale + 8);
        if (negative) {
            out.put('-');
        }
        if (weight < 0) {
            out.put('0');
        } else {
            // The first group has no leading zeros, all further ones are full.
            out.putLong(group(source, first, groups, 0));
            for (int index = 1; index <= weight; index++) {
                out.putFour(group(source, first, groups, index));
            }
        }
        if (scale > 0) {
            out.put('.');
            int end = out.size + scale;
            for (int index = weight + 1; out.size < end; index++) {
                out.putFour(group(source, first, groups, index));
            }
            // The last group may hold more digits than the scale shows; they are zeros.
            out.size = end;
        }
    }

    private static int group(byte[] source, int first, int groups, int index) {
        return index < 0 || index >= groups ? 0 : BigEndian.int16(source, first + 2 * index);
    }
}
