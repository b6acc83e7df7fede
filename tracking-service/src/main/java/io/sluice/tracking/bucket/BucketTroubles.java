package io.sluice.tracking.bucket;

import io.sluice.bucket.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which customers' buckets cannot be written to at the moment, as this process knows it. Thread-safe. */
public final class BucketTroubles {
    private final Map<Long, Trouble> troubles = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * Why a bucket's files wait.
     *
     * @param since when it first failed
     * @param reason the latest reason
     */
    public record Trouble(Instant since, String reason) {}

    public BucketTroubles(Clock clock) {
        this.clock = clock;
    }

    /** Whether files of this bucket go to the spool without asking it: one slow call for all of them is enough. */
    boolean isDown(long bucketId) {
        return troubles.containsKey(bucketId);
    }

    void down(long bucketId, StorageException reason) {
        troubles.compute(
                bucketId,
                (bucket, before) ->
                        new Trouble(before == null ? clock.instant() : before.since(), reason.getMessage()));
    }

    void up(long bucketId) {
        troubles.remove(bucketId);
    }

    /** The buckets that are down, by id. */
    public Map<Long, Trouble> all() {
        return new TreeMap<>(troubles);
    }
}
