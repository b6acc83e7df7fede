package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/**
 * {@code interval} as an ISO-8601 duration, for example {@code P1Y2M-3DT4H5M6.500000S}. Months, days and time are kept
 * apart as PostgreSQL does: a day is not always 24 hours.
 */
final class IntervalEncoder {
    private static final byte[] INFINITY = "\"infinity\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "\"-infinity\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO = "\"PT0S\"".getBytes(StandardCharsets.US_ASCII);

    private IntervalEncoder() {}

    static void encode(byte[] source, int offset, int length, JsonBuffer out) {
        long micros = BigEndian.int64(source, offset);
        int days = BigEndian.int32(source, offset + 8);
        int months = BigEndian.int32(source, offset + 12);
        if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE) {
            out.put(INFINITY);
            return;
        }
        if (micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE) {
            out.put(MINUS_INFINITY);
            return;
        }
        if (micros == 0 && days == 0 && months == 0) {
            out.put(ZERO);
            return;
        }
        out.reserve(100);
        out.put('"');
        out.put('P');
        putPart(months / 12, 'Y', out);
        putPart(months % 12, 'M', out);
        putPart(days, 'D', out);
        if (micros != 0) {
            putTime(micros, out);
        }
        out.put('"');
    }

    private static void putTime(long micros, JsonBuffer out) {
        out.put('T');
        putPart(micros / 3_600_000_000L, 'H', out);
        long rest = micros % 3_600_000_000L;
        putPart(rest / 60_000_000L, 'M', out);
        long seconds = rest % 60_000_000L;
        if (seconds == 0) {
            return;
        }
        if (seconds < 0) {
            out.put('-');
        }
        long size = Math.abs(seconds);
        out.putLong(size / 1_000_000);
        if (size % 1_000_000 != 0) {
            out.put('.');
            out.putSix((int) (size % 1_000_000));
        }
        out.put('S');
    }

    private static void putPart(long amount, char unit, JsonBuffer out) {
        if (amount != 0) {
            out.putLong(amount);
            out.put(unit);
        }
    }
}
