package io.sluice.tracking.rest;

import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.kafka.TrackingService;
import io.sluice.tracking.query.FooterCache;
import io.sluice.tracking.query.RecordHistory;
import io.sluice.tracking.query.RunBuckets;
import io.sluice.tracking.query.RunQueries;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the questions together. */
@Singleton
public class Queries {

    @Produces
    @Singleton
    RunBuckets buckets(TrackingService service) {
        return service::bucket;
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
}
