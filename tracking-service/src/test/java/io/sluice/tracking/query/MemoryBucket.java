package io.sluice.tracking.query;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket in memory that counts what is read of it. */
final class MemoryBucket implements BucketStorage {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile boolean down;

    /** Bytes read since the last call. */
    long takeBytesRead() {
        return bytesRead.getAndSet(0);
    }

    long stored() {
        return objects.values().stream().mapToLong(object -> object.length).sum();
    }

    void down() {
        down = true;
    }

    @Override
    public void put(String key, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        objects.put(key, bytes);
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        check();
        return Optional.ofNullable(objects.get(key)).map(ByteBuffer::wrap);
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        check();
        byte[] object = objects.get(key);
        if (object == null || offset + length > object.length) {
            throw new StorageException(StorageProblem.FAILED, "too short", null);
        }
        bytesRead.addAndGet(length);
        return ByteBuffer.wrap(object, (int) offset, length).slice();
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        check();
        byte[] object = objects.get(key);
        return object == null ? OptionalLong.empty() : OptionalLong.of(object.length);
    }

    @Override
    public boolean exists(String key) throws StorageException {
        check();
        return objects.containsKey(key);
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        check();
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    private void check() throws StorageException {
        if (down) {
            throw new StorageException(StorageProblem.FAILED, "down", null);
        }
    }
}
