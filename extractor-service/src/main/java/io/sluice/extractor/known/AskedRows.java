package io.sluice.extractor.known;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Rows the differ asked for whole, because they are not what its state has (a destination rejected them, for example).
 * Immutable.
 */
public final class AskedRows {
    /** The differ asked for nothing yet. */
    public static final AskedRows NONE = new AskedRows(false, new long[0]);

    /** Every row is asked for. */
    public static final AskedRows ALL = new AskedRows(true, new long[0]);

    private final boolean all;
    private final long[] keys;

    private AskedRows(boolean all, long[] sortedKeys) {
        this.all = all;
        this.keys = sortedKeys;
    }

    /**
     * The rows of one request.
     *
     * @param packed the first eight bytes of each row's fingerprint; empty for every row
     */
    public static AskedRows of(ByteBuffer packed) {
        ByteBuffer bytes = packed.duplicate();
        if (!bytes.hasRemaining()) {
            return ALL;
        }
        long[] keys = new long[bytes.remaining() / Long.BYTES];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = KnownRows.key(bytes.getLong());
        }
        Arrays.sort(keys);
        return new AskedRows(false, keys);
    }

    /** These and those. */
    public AskedRows and(AskedRows more) {
        if (all || more.all) {
            return ALL;
        }
        return new AskedRows(
                false,
                LongStream.concat(Arrays.stream(keys), Arrays.stream(more.keys))
                        .sorted()
                        .distinct()
                        .toArray());
    }

    /** Whether all of those are among these. */
    public boolean covers(AskedRows other) {
        return all || !other.all && Arrays.stream(other.keys).allMatch(this::contains);
    }

    /** Whether every row is asked for. */
    boolean everything() {
        return all;
    }

    boolean contains(long key) {
        return all || keys.length > 0 && Arrays.binarySearch(keys, key) >= 0;
    }
}
