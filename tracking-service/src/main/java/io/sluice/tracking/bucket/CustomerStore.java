package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.run.RunFolder;
import io.sluice.tracking.run.RunStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's bucket, with the spool for when it fails. Used by any thread.
 *
 * @param bucketId its id
 * @param bucket the bucket; its calls must end soon, whatever the bucket does
 * @param spool where objects wait
 * @param troubles remembers that the bucket is down
 * @param delayed tells that a run's files wait
 */
public record CustomerStore(
        long bucketId, BucketStorage bucket, Spool spool, BucketTroubles troubles, DelayedRuns delayed)
        implements RunStore {

    @Override
    public void put(RunFolder folder, String key, ByteBuffer content) throws StorageException {
        if (!reached(() -> bucket.put(key, content))) {
            spool(folder, key, content);
        }
    }

    @Override
    public void putOnce(RunFolder folder, String key, ByteBuffer content) throws StorageException {
        boolean reached = reached(() -> {
            if (!bucket.exists(key)) {
                bucket.put(key, content);
            }
        });
        if (!reached) {
            spool(folder, key, content);
        }
    }

    /** The spool first: an object that moves meanwhile is in the bucket then. */
    @Override
    public Keys keys(RunFolder folder) throws StorageException {
        List<String> known = new ArrayList<>(spool.keys(bucketId, folder));
        boolean reached = reached(() -> known.addAll(bucket.list(folder.prefix())));
        return new Keys(known, reached);
    }

    /** Whether the bucket did it. Only the uploader finds out that a bucket that was down is up again. */
    private boolean reached(Attempt attempt) {
        if (troubles.isDown(bucketId)) {
            return false;
        }
        try {
            attempt.make();
            return true;
        } catch (StorageException failed) {
            troubles.down(bucketId, failed);
            return false;
        }
    }

    private void spool(RunFolder folder, String key, ByteBuffer content) throws StorageException {
        spool.add(new Spool.Entry(bucketId, folder, key), content);
        delayed.spooled(bucketId, folder);
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws StorageException;
    }
}
