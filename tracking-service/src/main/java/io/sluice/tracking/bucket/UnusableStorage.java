package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bucket whose settings cannot be used: every call fails for that reason.
 *
 * @param reason why
 */
public record UnusableStorage(StorageException reason) implements BucketStorage {

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        throw reason;
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        throw reason;
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        throw reason;
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        throw reason;
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        throw reason;
    }

    @Override
    public void delete(String key) throws StorageException {
        throw reason;
    }
}
