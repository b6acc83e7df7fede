package io.sluice.differ.state;

import io.sluice.differ.diff.EmissionPiece;
import io.sluice.differ.diff.RunProgress;
import io.sluice.differ.diff.RunStore;
import io.sluice.differ.diff.SyncCounters;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Counters, run progress, seen marks and emission logs in one store, told apart by the first byte of the key. */
public final class ByteRunStore implements RunStore {
    private static final byte COUNTERS = 'S';
    private static final byte PROGRESS = 'R';
    private static final byte SEEN = 'B';
    private static final byte EMITTED = 'E';
    private static final int PREFIX_BYTES = 1 + Long.BYTES;

    private final ByteStore store;

    public ByteRunStore(ByteStore store) {
        this.store = store;
    }

    @Override
    public SyncCounters counters(long syncId) {
        byte[] value = store.get(key(COUNTERS, syncId));
        if (value == null) {
            return SyncCounters.NONE;
        }
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return new SyncCounters(buffer.getInt(), buffer.getLong(), buffer.getLong());
    }

    @Override
    public void putCounters(long syncId, SyncCounters counters) {
        store.put(
                key(COUNTERS, syncId),
                ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES)
                        .putInt(counters.nextOrdinal())
                        .putLong(counters.live())
                        .putLong(counters.currentRun())
                        .array());
    }

    @Override
    public Optional<RunProgress> progress(long syncRunId) {
        return Optional.ofNullable(store.get(key(PROGRESS, syncRunId))).map(RunProgressCodec::read);
    }

    @Override
    public void putProgress(RunProgress progress) {
        store.put(key(PROGRESS, progress.facts().syncRunId()), RunProgressCodec.write(progress));
    }

    @Override
    public void removeProgress(long syncRunId) {
        store.delete(key(PROGRESS, syncRunId));
    }

    @Override
    public byte[] seenChunk(long syncRunId, int chunk) {
        return store.get(key(SEEN, syncRunId, chunk));
    }

    @Override
    public void putSeenChunk(long syncRunId, int chunk, byte[] bits) {
        store.put(key(SEEN, syncRunId, chunk), bits);
    }

    @Override
    public void clearSeen(long syncRunId) {
        store.deletePrefixed(key(SEEN, syncRunId));
    }

    @Override
    public void putEmitted(long syncRunId, int piece, EmissionPiece content) {
        ByteBuffer value = ByteBuffer.allocate(
                2 * Integer.BYTES + Long.BYTES * (content.emitted().length + content.recognised().length));
        value.putInt(content.attempt()).putInt(content.emitted().length);
        for (long mark : content.emitted()) {
            value.putLong(mark);
        }
        for (long mark : content.recognised()) {
            value.putLong(mark);
        }
        store.put(key(EMITTED, syncRunId, piece), value.array());
    }

    @Override
    public void forEachEmitted(long syncRunId, BiConsumer<Integer, EmissionPiece> visitor) {
        store.forEachPrefixed(
                key(EMITTED, syncRunId),
                (key, value) -> visitor.accept(ByteBuffer.wrap(key).getInt(PREFIX_BYTES), piece(value)));
    }

    private static EmissionPiece piece(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        int attempt = buffer.getInt();
        long[] emitted = new long[buffer.getInt()];
        for (int i = 0; i < emitted.length; i++) {
            emitted[i] = buffer.getLong();
        }
        long[] recognised = new long[buffer.remaining() / Long.BYTES];
        for (int i = 0; i < recognised.length; i++) {
            recognised[i] = buffer.getLong();
        }
        return new EmissionPiece(attempt, emitted, recognised);
    }

    @Override
    public void clearEmitted(long syncRunId) {
        store.deletePrefixed(key(EMITTED, syncRunId));
    }

    private static byte[] key(byte kind, long id) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(kind).putLong(id).array();
    }

    private static byte[] key(byte kind, long id, int number) {
        return ByteBuffer.allocate(PREFIX_BYTES + Integer.BYTES)
                .put(kind)
                .putLong(id)
                .putInt(number)
                .array();
    }
}
