package io.sluice.tracking.query;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import java.util.OptionalLong;

/** Finds the bucket that a run is tracked in. Thread-safe; may block. */
@FunctionalInterface
public interface RunBuckets {

    /**
     * The bucket with this id, or the platform's own storage.
     *
     * @throws StorageException when there is none, or it cannot be opened
     */
    BucketStorage bucket(OptionalLong bucketId) throws StorageException;
}
