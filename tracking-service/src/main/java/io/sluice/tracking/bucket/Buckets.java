package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import java.util.Optional;

/** Customers' buckets by id, as their settings are now. Thread-safe; may block. */
@FunctionalInterface
public interface Buckets {

    /**
     * A bucket; empty when its owner has told Sluice to forget it: what would go there goes to the platform's storage.
     *
     * @throws StorageException when its settings cannot be used
     */
    Optional<BucketStorage> find(long bucketId) throws StorageException;
}
