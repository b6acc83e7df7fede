package io.sluice.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through UTF-8 for some ASCII characters, eight bytes at a time: the readers and writers of every record ask where the
 * next character is that needs an escape. Kept in a constant, it is folded by the compiler. Immutable and thread-safe.
 *
 * @param bounds in each byte the first character that is not wanted for being small
 * @param first in each byte a wanted character
 * @param second the next
 * @param third the next
 */
public record ByteSearch(long bounds, long first, long second, long third) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ~(0x7F * ONES);

    /** Stands where fewer than eight bytes are left: never wanted, being beyond ASCII. */
    private static final long FILLING = -1L;

    /**
     * A search.
     *
     * @param bound all characters less than this are wanted, and
     * @param first this, and
     * @param second this, and
     * @param third this
     */
    public static ByteSearch of(char bound, char first, char second, char third) {
        return new ByteSearch(bound * ONES, first * ONES, second * ONES, third * ONES);
    }

    /** Where the first wanted character at or behind {@code from} is; {@code to} when there is none before it. */
    public int next(byte[] utf8, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long found = wanted((long) LONGS.get(utf8, at));
            if (found != 0) {
                return at + place(found);
            }
        }
        if (at == to) {
            return to;
        }
        long rest = FILLING;
        for (int index = to - 1; index >= at; index--) {
            rest = rest << Byte.SIZE | utf8[index] & 0xFF;
        }
        return Math.min(to, at + place(wanted(rest)));
    }

    /** Whether all these bytes are ASCII characters. */
    public static boolean isAscii(byte[] utf8, int from, int to) {
        int at = from;
        long seen = 0;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            seen |= (long) LONGS.get(utf8, at);
        }
        for (; at < to; at++) {
            seen |= utf8[at];
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** The place of the lowest mark; eight when there is none. */
    private static int place(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    /** Marks the high bit of each byte that is wanted; above the lowest of them perhaps of others, too. */
    private long wanted(long eight) {
        return (below(eight, bounds)
                        | below(eight ^ first, ONES)
                        | below(eight ^ second, ONES)
                        | below(eight ^ third, ONES))
                & HIGH_BITS;
    }

    /** Sets the high bit of a byte that is less than its bound and had none itself. */
    private static long below(long eight, long bounds) {
        return eight - bounds & ~eight;
    }
}
