package io.sluice.tracking.kafka;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.StorageException;
import io.sluice.contract.RunPlan;
import io.sluice.tracking.bucket.BucketTroubles;
import io.sluice.tracking.bucket.Buckets;
import io.sluice.tracking.bucket.CustomerStore;
import io.sluice.tracking.bucket.DelayedRuns;
import io.sluice.tracking.bucket.Delays;
import io.sluice.tracking.bucket.PatientStorage;
import io.sluice.tracking.bucket.PlatformStore;
import io.sluice.tracking.bucket.Spool;
import io.sluice.tracking.bucket.UnusableStorage;
import io.sluice.tracking.bucket.Uploader;
import io.sluice.tracking.run.RunStore;
import io.sluice.tracking.run.RunStores;
import java.time.Duration;
import java.util.Optional;

/** Which store a run is tracked in: what its plan says, and the platform's when that bucket is forgotten. Thread-safe. */
final class TrackingStores implements RunStores {
    private final DatedStorage platform;
    private final Buckets buckets;
    private final BucketTroubles troubles;
    private final DelayedRuns delayed;
    private final Duration patience;
    private final Spool spool;

    TrackingStores(DatedStorage platform, Buckets buckets, BucketTroubles troubles, Delays delays, Duration patience) {
        this.platform = platform;
        this.buckets = buckets;
        this.troubles = troubles;
        this.patience = patience;
        this.spool = new Spool(platform);
        this.delayed = new DelayedRuns(spool, delays);
    }

    @Override
    public RunStore of(RunPlan plan) throws StorageException {
        Long bucketId = plan.getBucketId();
        if (bucketId == null) {
            return new PlatformStore(platform);
        }
        Optional<BucketStorage> bucket = bucket(bucketId);
        return bucket.isEmpty()
                ? new PlatformStore(platform)
                : new CustomerStore(bucketId, new PatientStorage(bucket.get(), patience), spool, troubles, delayed);
    }

    /** Settings that cannot be used are a bucket that cannot be reached: its files wait, nobody else does. */
    private Optional<BucketStorage> bucket(long bucketId) {
        try {
            return buckets.find(bucketId);
        } catch (StorageException unusable) {
            return Optional.of(new UnusableStorage(unusable));
        }
    }

    /** Moves what waits. */
    Uploader uploader() {
        return new Uploader(spool, platform, buckets, troubles, delayed);
    }
}
