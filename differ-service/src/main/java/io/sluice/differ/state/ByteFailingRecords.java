package io.sluice.differ.state;

import io.sluice.contract.PlannedOperation;
import io.sluice.differ.diff.FailingRecord;
import io.sluice.differ.diff.FailingRecords;
import io.sluice.record.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Failing records as bytes, in the store of {@link ByteRunStore} under a first byte of their own. */
public final class ByteFailingRecords implements FailingRecords {
    /** First byte of every key; {@link ByteRunStore} has no such keys. */
    public static final byte KIND = 'Q';

    private static final byte VERSION = 1;
    private static final int LISTED = 1;
    private static final int HAS_REASON = 2;
    private static final int FIXED_BYTES = 3 + Fingerprint.BYTES + Integer.BYTES + 3 * Long.BYTES;
    private static final int PREFIX_BYTES = 1 + Long.BYTES;
    private static final PlannedOperation[] OPERATIONS = PlannedOperation.values();

    private final ByteStore store;

    public ByteFailingRecords(ByteStore store) {
        this.store = store;
    }

    @Override
    public FailingRecord find(long syncId, String identifier) {
        byte[] value = store.get(key(syncId, identifier));
        return value == null ? null : read(value);
    }

    @Override
    public void put(long syncId, String identifier, FailingRecord record) {
        store.put(key(syncId, identifier), write(record));
    }

    @Override
    public void remove(long syncId, String identifier) {
        store.delete(key(syncId, identifier));
    }

    @Override
    public void forEach(long syncId, BiConsumer<String, FailingRecord> visitor) {
        store.forEachPrefixed(
                key(syncId, ""),
                (key, value) -> visitor.accept(
                        new String(key, PREFIX_BYTES, key.length - PREFIX_BYTES, StandardCharsets.UTF_8), read(value)));
    }

    private static byte[] key(long syncId, String identifier) {
        byte[] text = identifier.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX_BYTES + text.length)
                .put(KIND)
                .putLong(syncId)
                .put(text)
                .array();
    }

    private static byte[] write(FailingRecord record) {
        byte[] reason = record.reason().orElse("").getBytes(StandardCharsets.UTF_8);
        int flags = (record.listed() ? LISTED : 0) | (record.reason().isPresent() ? HAS_REASON : 0);
        return ByteBuffer.allocate(FIXED_BYTES + reason.length)
                .put(VERSION)
                .put((byte) flags)
                // the order of the contract's operations never changes: they are numbers on the wire too
                .put((byte) record.operation().ordinal())
                .putLong(record.content().high())
                .putLong(record.content().low())
                .putInt(record.failures())
                .putLong(record.lastFailedRun())
                .putLong(record.lastMetRun())
                .putLong(record.failingSince().toEpochMilli())
                .put(reason)
                .array();
    }

    private static FailingRecord read(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a failing record of format " + version + " was written by a later version of the differ");
        }
        int flags = buffer.get();
        PlannedOperation operation = OPERATIONS[buffer.get()];
        Fingerprint content = new Fingerprint(buffer.getLong(), buffer.getLong());
        int failures = buffer.getInt();
        long lastFailedRun = buffer.getLong();
        long lastMetRun = buffer.getLong();
        Instant failingSince = Instant.ofEpochMilli(buffer.getLong());
        String reason = new String(value, buffer.position(), buffer.remaining(), StandardCharsets.UTF_8);
        return new FailingRecord(
                content,
                operation,
                failures,
                lastFailedRun,
                failingSince,
                lastMetRun,
                (flags & LISTED) != 0,
                (flags & HAS_REASON) != 0 ? Optional.of(reason) : Optional.empty());
    }
}
