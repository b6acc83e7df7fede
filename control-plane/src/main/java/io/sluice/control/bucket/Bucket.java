package io.sluice.control.bucket;

import io.sluice.bucket.store.StoreType;
import io.sluice.control.connection.ConnectionTest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket without its secrets.
 *
 * @param id its id
 * @param owner whose it is
 * @param name display name
 * @param type the store it is in
 * @param details the settings that are no secrets
 * @param inUse whether new runs are tracked in it; an earlier bucket is kept for the runs that are in it
 * @param lastTest the last test
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Bucket(
        long id,
        BucketOwner owner,
        String name,
        StoreType type,
        Map<String, Object> details,
        boolean inUse,
        Optional<ConnectionTest> lastTest,
        Instant createdAt,
        Instant updatedAt) {}
