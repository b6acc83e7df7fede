package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.run.RunFolder;
import io.sluice.tracking.run.RunStore;
import java.nio.ByteBuffer;

/**
 * The platform's own storage: when it fails, everything waits.
 *
 * @param storage the storage
 */
public record PlatformStore(BucketStorage storage) implements RunStore {

    @Override
    public void put(RunFolder folder, String key, ByteBuffer content) throws StorageException {
        storage.put(key, content);
    }

    @Override
    public void putOnce(RunFolder folder, String key, ByteBuffer content) throws StorageException {
        if (!storage.exists(key)) {
            storage.put(key, content);
        }
    }

    @Override
    public Keys keys(RunFolder folder) throws StorageException {
        return new Keys(storage.list(folder.prefix()), true);
    }
}
