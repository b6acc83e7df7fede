package io.sluice.control.bucket;

import io.sluice.bucket.store.StoreType;
import io.sluice.control.connection.ConnectionTest;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.TestedSettings;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.util.Optional;

/**
 * Where buckets are kept. Every method is one transaction; every change of credentials is also announced to the workers, in
 * the same transaction. A workspace sees its own buckets and those of its organization, an organization only its own.
 */
public interface Buckets {

    /** What changes of a bucket; absent means unchanged. */
    record BucketChange(Optional<String> name, Optional<TestedSettings> settings) {}

    /** Makes a bucket; from now on it is its owner's bucket in use. */
    Bucket create(BucketOwner owner, String name, StoreType type, TestedSettings settings);

    /** A bucket that the viewer may see. */
    Optional<Bucket> find(BucketOwner viewer, long bucketId);

    /** The buckets that the viewer may see. */
    Page<Bucket> list(BucketOwner viewer, PageRequest page);

    /** The credentials of a bucket. */
    Optional<Credentials> credentials(long bucketId);

    /** Changes a bucket. */
    Optional<Bucket> update(long bucketId, BucketChange change);

    /** Remembers a test. */
    void recordTest(long bucketId, ConnectionTest test);

    /**
     * Forgets a bucket; what is in it is not touched.
     *
     * @return whether it existed
     */
    boolean delete(long bucketId);

    /** What the roles of an organization's customers ask for. */
    String externalId(long organizationId);
}
