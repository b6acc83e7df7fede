package io.sluice.connector.source.postgres.json;

/**
 * {@code float4} and {@code float8}: the shortest decimal that reads back as the same value, as {@link Double#toString}
 * finds it, laid out as PostgreSQL prints numbers. (PostgreSQL's own digits differ for the smallest subnormals, and where
 * the shortest decimal lies exactly between two values: one in thousands above 2^53.)
 */
final class FloatEncoders {
    /** From this decimal exponent on PostgreSQL writes {@code 1e+15}. */
    private static final int DOUBLE_SCIENTIFIC = 15;
    /** From this decimal exponent on PostgreSQL writes {@code 1e+06} for a float4. */
    private static final int FLOAT_SCIENTIFIC = 6;

    /** Below it, products with a power of ten round to the right whole number. */
    private static final long EXACT = 1L << 50;

    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private FloatEncoders() {}

    static void float4(byte[] source, int offset, int length, JsonBuffer out) {
        float value = Float.intBitsToFloat(BigEndian.int32(source, offset));
        out.reserve(40);
        if (!Float.isFinite(value)) {
            putSpecial(value, out);
            return;
        }
        if (Float.floatToRawIntBits(value) < 0) {
            out.put('-');
        }
        float size = Math.abs(value);
        if (size >= 1e-4f && size < 1e6f) {
            for (int places = 0; places < TENS.length; places++) {
                long digits = (long) Math.rint(size * TENS[places]);
                if ((float) (digits / TENS[places]) == size) {
                    putFixed(digits, places, out);
                    return;
                }
            }
        }
        putShortest(Float.toString(size), FLOAT_SCIENTIFIC, out);
    }

    static void float8(byte[] source, int offset, int length, JsonBuffer out) {
        double value = Double.longBitsToDouble(BigEndian.int64(source, offset));
        out.reserve(40);
        if (!Double.isFinite(value)) {
            putSpecial(value, out);
            return;
        }
        if (Double.doubleToRawLongBits(value) < 0) {
            out.put('-');
        }
        double size = Math.abs(value);
        if (size >= 1e-4 && size < 1e15) {
            for (int places = 0; places < TENS.length; places++) {
                double digits = Math.rint(size * TENS[places]);
                if (digits >= EXACT) {
                    break;
                }
                if (digits / TENS[places] == size) {
                    putFixed((long) digits, places, out);
                    return;
                }
            }
        }
        putShortest(Double.toString(size), DOUBLE_SCIENTIFIC, out);
    }

    private static void putSpecial(double value, JsonBuffer out) {
        if (Double.isNaN(value)) {
            out.put(NumericEncoder.NAN_TEXT);
        } else {
            out.put(value > 0 ? NumericEncoder.INFINITY_TEXT : NumericEncoder.MINUS_INFINITY_TEXT);
        }
    }

    private static void putFixed(long digits, int places, JsonBuffer out) {
        if (places == 0) {
            out.putLong(digits);
            return;
        }
        long scale = (long) TENS[places];
        long whole = digits / scale;
        out.putLong(whole);
        out.put('.');
        long fraction = digits - whole * scale;
        for (int zeros = places - JsonBuffer.digits(fraction); zeros > 0; zeros--) {
            out.put('0');
        }
        out.putLong(fraction);
    }

    /** Lays out what {@link Double#toString} found: its digits are the shortest, its layout is Java's. */
    private static void putShortest(String java, int scientific, JsonBuffer out) {
        byte[] digits = new byte[20];
        int count = 0;
        int exponent = 0;
        int mark = java.indexOf('E');
        int end = mark < 0 ? java.length() : mark;
        int point = java.indexOf('.');
        for (int at = 0; at < end; at++) {
            char digit = java.charAt(at);
            if (digit != '.' && (count > 0 || digit != '0')) {
                if (count == 0) {
                    exponent = at < point ? point - 1 - at : point - at;
                }
                digits[count++] = (byte) digit;
            }
        }
        while (count > 1 && digits[count - 1] == '0') {
            count--;
        }
        if (count == 0) {
            out.put('0');
            return;
        }
        if (mark > 0) {
            exponent += Integer.parseInt(java, mark + 1, java.length(), 10);
        }
        putLayout(digits, count, exponent, scientific, out);
    }

    private static void putLayout(byte[] digits, int count, int exponent, int scientific, JsonBuffer out) {
        if (exponent < -4 || exponent >= scientific) {
            out.put(digits[0]);
            if (count > 1) {
                out.put('.');
                out.put(digits, 1, count - 1);
            }
            out.put('e');
            out.put(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            if (size < 10) {
                out.put('0');
            }
            out.putLong(size);
            return;
        }
        if (exponent < 0) {
            out.put('0');
            out.put('.');
            for (int zeros = -1 - exponent; zeros > 0; zeros--) {
                out.put('0');
            }
            out.put(digits, 0, count);
            return;
        }
        for (int at = 0; at <= exponent; at++) {
            out.put(at < count ? digits[at] : '0');
        }
        if (count > exponent + 1) {
            out.put('.');
            out.put(digits, exponent + 1, count - exponent - 1);
        }
    }
}
