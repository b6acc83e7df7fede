package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/**
 * Dates and times in ISO form. A fraction of a second has six digits, or is left out when it is zero. Years before Christ
 * and infinity are written as PostgreSQL writes them.
 */
final class TemporalEncoders {
    private static final long DAY = 86_400_000_000L;
    private static final int SECOND = 1_000_000;
    /** PostgreSQL counts from 2000-01-01; the calendar arithmetic below counts from 0000-03-01. */
    private static final long DAYS_FROM_MARCH_0 = 730_425L;

    private static final int DAYS_IN_ERA = 146_097;

    private static final byte[] INFINITY = "\"infinity\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "\"-infinity\"".getBytes(StandardCharsets.US_ASCII);

    private TemporalEncoders() {}

    static void date(byte[] source, int offset, int length, JsonBuffer out) {
        int days = BigEndian.int32(source, offset);
        out.reserve(48);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            out.put(days > 0 ? INFINITY : MINUS_INFINITY);
            return;
        }
        out.put('"');
        boolean beforeChrist = putDate(days, out);
        putEra(beforeChrist, out);
        out.put('"');
    }

    static void timestamp(byte[] source, int offset, int length, JsonBuffer out) {
        putTimestamp(BigEndian.int64(source, offset), false, out);
    }

    /** An instant, in UTC. */
    static void timestamptz(byte[] source, int offset, int length, JsonBuffer out) {
        putTimestamp(BigEndian.int64(source, offset), true, out);
    }

    static void time(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(48);
        out.put('"');
        putTime(BigEndian.int64(source, offset), out);
        out.put('"');
    }

    static void timetz(byte[] source, int offset, int length, JsonBuffer out) {
        out.reserve(48);
        out.put('"');
        putTime(BigEndian.int64(source, offset), out);
        // On the wire: seconds west of Greenwich.
        int east = -BigEndian.int32(source, offset + 8);
        out.put(east < 0 ? '-' : '+');
        int seconds = Math.abs(east);
        out.putTwo(seconds / 3600);
        out.put(':');
        out.putTwo(seconds / 60 % 60);
        if (seconds % 60 != 0) {
            out.put(':');
            out.putTwo(seconds % 60);
        }
        out.put('"');
    }

    private static void putTimestamp(long micros, boolean utc, JsonBuffer out) {
        out.reserve(48);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            out.put(micros > 0 ? INFINITY : MINUS_INFINITY);
            return;
        }
        long days = Math.floorDiv(micros, DAY);
        out.put('"');
        boolean beforeChrist = putDate(days, out);
        out.put('T');
        putTime(micros - days * DAY, out);
        if (utc) {
            out.put('Z');
        }
        putEra(beforeChrist, out);
        out.put('"');
    }

    /** Appends a date of the proleptic Gregorian calendar; answers whether it is before Christ. */
    private static boolean putDate(long daysFrom2000, JsonBuffer out) {
        // Years that begin in March put the leap day last; 400 years are an era of always the same length.
        long days = daysFrom2000 + DAYS_FROM_MARCH_0;
        long era = Math.floorDiv(days, DAYS_IN_ERA);
        int dayOfEra = (int) (days - era * DAYS_IN_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        boolean beforeChrist = year <= 0;
        long shown = beforeChrist ? 1 - year : year;
        if (shown < 10_000) {
            out.putFour((int) shown);
        } else {
            out.putLong(shown);
        }
        out.put('-');
        out.putTwo(month);
        out.put('-');
        out.putTwo(day);
        return beforeChrist;
    }

    private static void putEra(boolean beforeChrist, JsonBuffer out) {
        if (beforeChrist) {
            out.put(' ');
            out.put('B');
            out.put('C');
        }
    }

    private static void putTime(long micros, JsonBuffer out) {
        int seconds = (int) (micros / SECOND);
        int fraction = (int) (micros - (long) seconds * SECOND);
        out.putTwo(seconds / 3600);
        out.put(':');
        out.putTwo(seconds / 60 % 60);
        out.put(':');
        out.putTwo(seconds % 60);
        if (fraction != 0) {
            out.put('.');
            out.putSix(fraction);
        }
    }
}
