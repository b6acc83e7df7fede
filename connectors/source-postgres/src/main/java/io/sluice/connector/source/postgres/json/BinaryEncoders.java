package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/** {@code uuid} and {@code bytea}. */
final class BinaryEncoders {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Bytes as PostgreSQL writes them: {@code \x} and hex digits. */
    static final ValueEncoder BYTEA = new ValueEncoder() {
        @Override
        public void encode(byte[] source, int offset, int length, JsonBuffer out) {
            out.reserve(Math.addExact(Math.multiplyExact(length, 2), 5));
            out.put('"');
            out.put('\\');
            out.put('\\');
            out.put('x');
            putHex(source, offset, offset + length, out);
            out.put('"');
        }

        @Override
        public String identifier(byte[] source, int offset, int length, JsonBuffer out, int from) {
            // Without the opening quote and the backslash that escapes the other one.
            return out.ascii(from + 2, out.size - 1);
        }
    };

    private BinaryEncoders() {}

    static void uuid(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(38);
        out.put('"');
        putHex(source, offset, offset + 4, out);
        for (int at = 4; at < 10; at += 2) {
            out.put('-');
            putHex(source, offset + at, offset + at + 2, out);
        }
        out.put('-');
        putHex(source, offset + 10, offset + 16, out);
        out.put('"');
    }

    private static void putHex(byte[] source, int from, int to, JsonBuffer out) {
        for (int at = from; at < to; at++) {
            out.put(HEX[source[at] >> 4 & 15]);
            out.put(HEX[source[at] & 15]);
        }
    }
}
