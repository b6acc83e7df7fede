package io.sluice.tracking;

import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in memory that may be down, or lose its answer after it has done what was asked. Thread-safe. */
public final class MemoryStorage implements DatedStorage {
    private final ConcurrentSkipListMap<String, ByteBuffer> objects = new ConcurrentSkipListMap<>();
    private volatile boolean down;
    private volatile boolean losesAnswers;

    /** From now on every call fails, or none. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** From now on puts and deletes are done, and fail all the same. */
    public void loseAnswers(boolean lose) {
        losesAnswers = lose;
    }

    /** What is in it, whether it is down or not. */
    public Map<String, ByteBuffer> objects() {
        return objects;
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        answer();
        ByteBuffer before = objects.put(key, content.duplicate());
        if (before != null && !before.equals(content)) {
            throw new AssertionError(key + " was changed");
        }
        loseAnswer();
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        answer();
        return Optional.ofNullable(objects.get(key)).map(ByteBuffer::duplicate);
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        answer();
        return objects.get(key).slice((int) offset, length);
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        answer();
        ByteBuffer object = objects.get(key);
        return object == null ? OptionalLong.empty() : OptionalLong.of(object.remaining());
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        answer();
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public Map<String, Instant> modified(String prefix) throws StorageException {
        Map<String, Instant> found = new HashMap<>();
        list(prefix).forEach(key -> found.put(key, Instant.EPOCH));
        return found;
    }

    @Override
    public void delete(String key) throws StorageException {
        answer();
        objects.remove(key);
        loseAnswer();
    }

    private void answer() throws StorageException {
        if (down) {
            throw new StorageException(StorageProblem.UNREACHABLE, "down for a test", null);
        }
    }

    private void loseAnswer() throws StorageException {
        if (losesAnswers) {
            throw new StorageException(StorageProblem.UNREACHABLE, "the answer was lost for a test", null);
        }
    }
}
