package io.sluice.tracking.rest;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.LocalFolderStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.query.FooterCache;
import io.sluice.tracking.query.RecordHistory;
import io.sluice.tracking.query.RunBuckets;
import io.sluice.tracking.query.RunQueries;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** Puts the questions together. */
@Singleton
public class Queries {

    /** The platform's own storage; a customer's bucket is not known yet. Opened when it is first asked for. */
    @Produces
    @Singleton
    RunBuckets buckets(TrackingConfig config) {
        return new PlatformOnly(config);
    }

    @Produces
    @Singleton
    RunQueries queries(RunBuckets buckets, TrackingConfig config) {
        return new RunQueries(buckets, new FooterCache(config.footerCacheBytes()), config.readsAtOnce());
    }

    @Produces
    @Singleton
    RecordHistory history(RunQueries queries) {
        return new RecordHistory(queries);
    }

    private static final class PlatformOnly implements RunBuckets {
        private final TrackingConfig config;
        private BucketStorage platform;

        PlatformOnly(TrackingConfig config) {
            this.config = config;
        }

        @Override
        public synchronized BucketStorage bucket(OptionalLong bucketId) throws StorageException {
            if (bucketId.isPresent()) {
                throw new StorageException(StorageProblem.MISSING, "there is no bucket " + bucketId.getAsLong(), null);
            }
            if (platform == null) {
                platform = LocalFolderStorage.open(config.localDirectory());
            }
            return platform;
        }
    }
}
