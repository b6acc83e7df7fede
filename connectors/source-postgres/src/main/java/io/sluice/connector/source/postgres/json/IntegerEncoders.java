package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/** Whole numbers and truth values. */
final class IntegerEncoders {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private IntegerEncoders() {}

    static void int2(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(20);
        out.putLong(BigEndian.int16(source, offset));
    }

    static void int4(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(20);
        out.putLong(BigEndian.int32(source, offset));
    }

    static void int8(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(20);
        out.putLong(BigEndian.int64(source, offset));
    }

    /** An unsigned 32-bit number. */
    static void oid(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(20);
        out.putLong(Integer.toUnsignedLong(BigEndian.int32(source, offset)));
    }

    static void bool(byte[] source, int offset, int length, JsonBuffer out) {
        out.put(source[offset] != 0 ? TRUE : FALSE);
    }
}
