package io.sluice.differ.state;

import io.sluice.differ.diff.AcceptedState;
import io.sluice.record.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/** The accepted state as bytes: key = sync id and identifier, value = fingerprint and ordinal, 20 bytes. */
public final class ByteAcceptedState implements AcceptedState {
    private static final int VALUE_BYTES = Fingerprint.BYTES + Integer.BYTES;

    private final ByteStore store;

    public ByteAcceptedState(ByteStore store) {
        this.store = store;
    }

    @Override
    public Entry find(long syncId, String identifier) {
        byte[] value = store.get(key(syncId, identifier));
        return value == null ? null : entry(value);
    }

    @Override
    public void put(long syncId, String identifier, Entry entry) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        value.putLong(entry.fingerprint().high());
        value.putLong(entry.fingerprint().low());
        value.putInt(entry.ordinal());
        store.put(key(syncId, identifier), value.array());
    }

    @Override
    public void remove(long syncId, String identifier) {
        store.delete(key(syncId, identifier));
    }

    @Override
    public void clear(long syncId) {
        store.deletePrefixed(prefix(syncId));
    }

    @Override
    public long removeIf(long syncId, IntPredicate byOrdinal) {
        LongAdder removed = new LongAdder();
        store.forEachPrefixed(prefix(syncId), (key, value) -> {
            if (byOrdinal.test(entry(value).ordinal())) {
                store.delete(key);
                removed.increment();
            }
        });
        return removed.sum();
    }

    private static byte[] prefix(long syncId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(syncId).array();
    }

    @Override
    public void forEach(long syncId, BiConsumer<String, Entry> visitor) {
        store.forEachPrefixed(
                prefix(syncId),
                (key, value) -> visitor.accept(
                        new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8), entry(value)));
    }

    private static byte[] key(long syncId, String identifier) {
        byte[] text = identifier.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(syncId)
                .put(text)
                .array();
    }

    private static Entry entry(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return new Entry(new Fingerprint(buffer.getLong(), buffer.getLong()), buffer.getInt());
    }
}
