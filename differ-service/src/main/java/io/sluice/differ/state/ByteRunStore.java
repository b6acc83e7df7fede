package io.sluice.differ.state;

import io.sluice.contract.OperationBatch;
import io.sluice.differ.diff.EmissionPiece;
import io.sluice.differ.diff.RunProgress;
import io.sluice.differ.diff.RunStore;
import io.sluice.differ.diff.SyncCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counters, run progress, marks, emission logs, missed rows and held operations in one store, told apart by the key's first
 * byte; {@link ByteFailingRecords} has keys in it too.
 */
public final class ByteRunStore implements RunStore {
    private static final byte COUNTERS = 'S';
    private static final byte PROGRESS = 'R';
    private static final byte SEEN = 'B';
    private static final byte FRESH = 'F';
    private static final byte EMITTED = 'E';
    private static final byte HELD = 'H';
    private static final byte MISSED = 'M';
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
        int nextOrdinal = buffer.getInt();
        long live = buffer.getLong();
        long currentRun = buffer.getLong();
        // counters of an earlier version end here
        return buffer.hasRemaining()
                ? new SyncCounters(nextOrdinal, live, currentRun, buffer.getLong(), buffer.get() != 0)
                : new SyncCounters(nextOrdinal, live, currentRun, 0, false);
    }

    @Override
    public void putCounters(long syncId, SyncCounters counters) {
        store.put(
                key(COUNTERS, syncId),
                ByteBuffer.allocate(Integer.BYTES + 3 * Long.BYTES + 1)
                        .putInt(counters.nextOrdinal())
                        .putLong(counters.live())
                        .putLong(counters.currentRun())
                        .putLong(counters.fullSyncSince())
                        .put((byte) (counters.memoryLost() ? 1 : 0))
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
    public byte[] marks(MarkKind kind, long owner, int chunk) {
        return store.get(key(prefix(kind), owner, chunk));
    }

    @Override
    public void putMarks(MarkKind kind, long owner, int chunk, byte[] bits) {
        store.put(key(prefix(kind), owner, chunk), bits);
    }

    @Override
    public void clearMarks(MarkKind kind, long owner) {
        store.deletePrefixed(key(prefix(kind), owner));
    }

    private static byte prefix(MarkKind kind) {
        return switch (kind) {
            case SEEN -> SEEN;
            case FRESH -> FRESH;
        };
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

    @Override
    public void putHeld(long syncRunId, int piece, OperationBatch operations) {
        try {
            ByteBuffer encoded = operations.toByteBuffer();
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            store.put(key(HELD, syncRunId, piece), bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void forEachHeld(long syncRunId, Consumer<OperationBatch> visitor) {
        store.forEachPrefixed(key(HELD, syncRunId), (key, value) -> {
            try {
                visitor.accept(OperationBatch.fromByteBuffer(ByteBuffer.wrap(value)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("operations kept back cannot be read", unreadable);
            }
        });
    }

    @Override
    public void clearHeld(long syncRunId) {
        store.deletePrefixed(key(HELD, syncRunId));
    }

    @Override
    public void putMissed(long syncRunId, long piece, long[] rows) {
        byte[] key = ByteBuffer.allocate(PREFIX_BYTES + Long.BYTES)
                .put(MISSED)
                .putLong(syncRunId)
                .putLong(piece)
                .array();
        ByteBuffer value = ByteBuffer.allocate(rows.length * Long.BYTES);
        value.asLongBuffer().put(rows);
        store.put(key, value.array());
    }

    @Override
    public void forEachMissed(long syncRunId, Consumer<long[]> visitor) {
        store.forEachPrefixed(key(MISSED, syncRunId), (key, value) -> {
            long[] rows = new long[value.length / Long.BYTES];
            ByteBuffer.wrap(value).asLongBuffer().get(rows);
            visitor.accept(rows);
        });
    }

    @Override
    public void clearMissed(long syncRunId) {
        store.deletePrefixed(key(MISSED, syncRunId));
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
