package io.sluice.bucket;

import java.time.Instant;
import java.util.Map;

/** A bucket that also tells how old its objects are: what retention needs of the platform's own storage. */
public interface DatedStorage extends BucketStorage {

    /** When the objects whose keys begin with {@code prefix} were last stored. */
    Map<String, Instant> modified(String prefix) throws StorageException;
}
