package io.sluice.connector.source.postgres.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Text, which PostgreSQL sends as UTF-8: copied as it is, eight bytes at a time, but for the quote, the backslash and the
 * control characters below U+0020.
 */
final class TextEncoder implements ValueEncoder {
    /** Text as it is. */
    static final TextEncoder TEXT = new TextEncoder(false);
    /** {@code character(n)}: trailing blanks mean nothing and are dropped, as PostgreSQL's own cast to text does. */
    static final TextEncoder PADDED = new TextEncoder(true);

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final boolean padded;

    private TextEncoder(boolean padded) {
        this.padded = padded;
    }

    @Override
    public void encode(byte[] source, int offset, int length, JsonBuffer out) {
        putQuoted(source, offset, padded ? unpadded(source, offset, length) : length, out);
    }

    @Override
    public String identifier(byte[] source, int offset, int length, JsonBuffer out, int from) {
        return new String(source, offset, padded ? unpadded(source, offset, length) : length, StandardCharsets.UTF_8);
    }

    private static int unpadded(byte[] source, int offset, int length) {
        int end = length;
        while (end > 0 && source[offset + end - 1] == ' ') {
            end--;
        }
        return end;
    }

    /** Appends UTF-8 text as a JSON string. */
    static void putQuoted(byte[] source, int offset, int length, JsonBuffer out) {
        int end = offset + length;
        int at = offset;
        out.reserve(length + 16);
        out.put('"');
        while (at < end) {
            at = copyPlain(source, at, end, out);
            if (at < end) {
                out.reserve(end - at + 16);
                escape(source[at++], out);
            }
        }
        out.reserve(1);
        out.put('"');
    }

    /** Copies up to the first byte that must be escaped; room for all of it is reserved. */
    private static int copyPlain(byte[] source, int from, int end, JsonBuffer out) {
        byte[] target = out.bytes;
        int to = out.size;
        int at = from;
        while (end - at >= 8) {
            long eight = (long) EIGHT.get(source, at);
            if (mustEscapeOne(eight)) {
                break;
            }
            EIGHT.set(target, to, eight);
            at += 8;
            to += 8;
        }
        while (at < end && !mustEscape(source[at])) {
            target[to++] = source[at++];
        }
        out.size = to;
        return at;
    }

    private static boolean mustEscape(byte value) {
        return (value >= 0 && value < 0x20) || value == '"' || value == '\\';
    }

    /** Whether any of eight bytes must be escaped: below 0x20 (bytes with the high bit are not), a quote, a backslash. */
    private static boolean mustEscapeOne(long eight) {
        long quote = eight ^ QUOTES;
        long backslash = eight ^ BACKSLASHES;
        long found = ((eight - SPACES) & ~eight) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
        return (found & HIGHS) != 0;
    }

    private static void escape(byte value, JsonBuffer out) {
        out.put('\\');
        switch (value) {
            case '"', '\\' -> out.put(value);
            case '\b' -> out.put('b');
            case '\t' -> out.put('t');
            case '\n' -> out.put('n');
            case '\f' -> out.put('f');
            case '\r' -> out.put('r');
            default -> {
                out.put('u');
                out.put('0');
                out.put('0');
                out.put(HEX[value >> 4]);
                out.put(HEX[value & 15]);
            }
        }
    }
}
