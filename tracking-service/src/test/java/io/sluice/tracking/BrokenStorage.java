package io.sluice.tracking;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A bucket that fails for a while, or takes the process down at a given call. Thread-safe. */
public final class BrokenStorage implements BucketStorage {

    /** Ends the consumer's thread as a kill would: nobody catches it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final BucketStorage bucket;
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicBoolean afterwards = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();

    public BrokenStorage(BucketStorage bucket) {
        this.bucket = bucket;
    }

    /** Crashes at the call after that many, before or after it has its effect. */
    public BrokenStorage crashAfter(int calls, boolean effective) {
        callsLeft.set(calls);
        afterwards.set(effective);
        return this;
    }

    /** From now on every call fails, or none. */
    public void away(boolean isAway) {
        away.set(isAway);
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        around(() -> {
            bucket.put(key, content);
            return key;
        });
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        return around(() -> bucket.read(key));
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        return around(() -> bucket.readRange(key, offset, length));
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        return around(() -> bucket.size(key));
    }

    @Override
    public boolean exists(String key) throws StorageException {
        return around(() -> bucket.exists(key));
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        return around(() -> bucket.list(prefix));
    }

    @Override
    public void delete(String key) throws StorageException {
        around(() -> {
            bucket.delete(key);
            return key;
        });
    }

    private <T> T around(Call<T> call) throws StorageException {
        if (away.get()) {
            throw new StorageException(StorageProblem.FULL, "no room for a test", null);
        }
        boolean crash = callsLeft.getAndDecrement() == 0;
        if (crash && !afterwards.get()) {
            throw new Crash();
        }
        T answer = call.make();
        if (crash) {
            throw new Crash();
        }
        return answer;
    }

    private interface Call<T> {
        T make() throws StorageException;
    }
}
