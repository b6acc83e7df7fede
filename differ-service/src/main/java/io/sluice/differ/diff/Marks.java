package io.sluice.differ.diff;

import java.util.HashMap;
import java.util.Map;

/**
 * A bitmap over ordinals, in chunks, for example which entries of the state one attempt has seen: marking an unchanged row
 * writes no entry of its own (architecture section 3). Chunks touched while one message is handled are written back together
 * by {@link #save}. Used by one thread.
 */
public final class Marks {
    /** Bytes of one chunk: 8,192 ordinals. */
    public static final int CHUNK_BYTES = 1_024;

    private static final int CHUNK_BITS = CHUNK_BYTES * 8;

    private final RunStore store;
    private final RunStore.MarkKind kind;
    private final long owner;
    private final Map<Integer, byte[]> loaded = new HashMap<>();
    private final Map<Integer, byte[]> changed = new HashMap<>();

    private Marks(RunStore store, RunStore.MarkKind kind, long owner) {
        this.store = store;
        this.kind = kind;
        this.owner = owner;
    }

    /** What the current attempt of a run has seen. */
    static Marks seen(RunStore store, long syncRunId) {
        return new Marks(store, RunStore.MarkKind.SEEN, syncRunId);
    }

    /** What was accepted since a sync's latest full sync began. */
    static Marks fresh(RunStore store, long syncId) {
        return new Marks(store, RunStore.MarkKind.FRESH, syncId);
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
        changed.forEach((chunk, bits) -> store.putMarks(kind, owner, chunk, bits.clone()));
        changed.clear();
    }

    private byte[] chunk(int chunk) {
        return loaded.computeIfAbsent(chunk, number -> {
            byte[] stored = store.marks(kind, owner, number);
            return stored == null ? new byte[CHUNK_BYTES] : stored.clone();
        });
    }
}
