package io.sluice.contract.rows;

import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Packs rows one after another into the layout that {@code source-records.avdl} documents: a row costs no object and no
 * Avro call of its own, and its payload is copied once. Used by one thread.
 */
public final class RowPacker {
    static final int INVALIDITY_BITS = 0b11;
    static final int CHANGE_SHIFT = 2;
    static final int CHANGE_BITS = 0b111;
    static final int WHOLE = 1 << 5;

    private static final int INITIAL = 8 << 10;
    /** Flags, two lengths and a fingerprint. */
    private static final int OVERHEAD = 1 + 5 + 5 + 16;

    private byte[] bytes = new byte[INITIAL];
    private int size;
    private int rows;

    /** A whole row. */
    public void add(
            String identifier, long high, long low, byte[] payload, Invalidity invalidity, RecordChange change) {
        int flags = WHOLE
                | (invalidity == null ? 0 : invalidity.ordinal() + 1)
                | (change == null ? 0 : change.ordinal() + 1) << CHANGE_SHIFT;
        head(flags, identifier, high, low, payload.length);
        varint(payload.length);
        System.arraycopy(payload, 0, bytes, size, payload.length);
        size += payload.length;
    }

    /** A valid row without its payload: the reader is believed to know it by its fingerprint. */
    public void addKnown(String identifier, long high, long low) {
        head(0, identifier, high, low, 0);
    }

    private void head(int flags, String identifier, long high, long low, int more) {
        byte[] name = identifier == null ? null : identifier.getBytes(StandardCharsets.UTF_8);
        ensure(OVERHEAD + (name == null ? 0 : name.length) + more);
        bytes[size++] = (byte) flags;
        if (name != null) {
            varint(name.length);
            System.arraycopy(name, 0, bytes, size, name.length);
            size += name.length;
        }
        ByteBuffer.wrap(bytes, size, 16).putLong(high).putLong(low);
        size += 16;
        rows++;
    }

    private void varint(int value) {
        int left = value;
        while (left > 0x7f) {
            bytes[size++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    /** Rows packed since the last {@link #take}. */
    public int rows() {
        return rows;
    }

    /** Bytes packed since the last {@link #take}. */
    public int size() {
        return size;
    }

    /** What was packed; belongs to the caller, and this starts anew. */
    public ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(Arrays.copyOf(bytes, size));
        size = 0;
        rows = 0;
        return taken;
    }
}
