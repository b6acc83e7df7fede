package io.sluice.differ.diff;

import java.util.HashMap;
import java.util.Map;

/**
 * Which entries of the state one attempt has seen: a bitmap over ordinals, in chunks, so that marking an unchanged row
 * writes no entry of its own (architecture section 3). Chunks touched while one message is handled are written back together
 * by {@link #save}. Used by one thread.
 */
public final class SeenMarks {
    /** Bytes of one chunk: 8,192 ordinals. */
    public static final int CHUNK_BYTES = 1_024;

    private static final int CHUNK_BITS = CHUNK_BYTES * 8;

    private final RunStore store;
    private final long syncRunId;
    private final Map<Integer, byte[]> loaded = new HashMap<>();
    private final Map<Integer, byte[]> changed = new HashMap<>();

    SeenMarks(RunStore store, long syncRunId) {
        this.store = store;
        this.syncRunId = syncRunId;
    }

    /** Marks an ordinal; true when it was not marked before. */
    boolean mark(int ordinal) {
        int chunk = ordinal / CHUNK_BITS;
        int bit = ordinal % CHUNK_BITS;
        byte[] bits = chunk(chunk);
        int mask = 1 << (bit & 7);
        if ((bits[bit >> 3] & mask) != 0) {
            return false;
        }
        bits[bit >> 3] |= (byte) mask;
        changed.put(chunk, bits);
        return true;
    }

    boolean isMarked(int ordinal) {
        int bit = ordinal % CHUNK_BITS;
        return (chunk(ordinal / CHUNK_BITS)[bit >> 3] & (1 << (bit & 7))) != 0;
    }

    /** Writes touched chunks to the store. */
    void save() {
        // the store keeps what it is given, and later marks must not reach into it
        changed.forEach((chunk, bits) -> store.putSeenChunk(syncRunId, chunk, bits.clone()));
        changed.clear();
    }

    private byte[] chunk(int chunk) {
        return loaded.computeIfAbsent(chunk, number -> {
            byte[] stored = store.seenChunk(syncRunId, number);
            return stored == null ? new byte[CHUNK_BYTES] : stored.clone();
        });
    }
}
