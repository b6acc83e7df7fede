package io.sluice.record;

import java.nio.ByteBuffer;

/**
 * 128 bits that stand for the canonical form of a record's referenced columns: two records with the same fingerprint
 * count as unchanged (requirements ENG-3, MAP-10). It is not a cryptographic digest.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Fingerprint(long high, long low) {

    /** Length of {@link #toBytes()}. */
    public static final int BYTES = 16;

    /** Equal to no fingerprint a record can have in practice: marks "the destination may hold something else". */
    public static final Fingerprint NEVER_EQUAL = new Fingerprint(0L, 0L);

    /**
     * Reads a fingerprint from sixteen bytes.
     *
     * @throws IllegalArgumentException if {@code bytes} has another length
     */
    public static Fingerprint fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a fingerprint has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Fingerprint(buffer.getLong(), buffer.getLong());
    }

    /** Sixteen bytes, big endian. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
