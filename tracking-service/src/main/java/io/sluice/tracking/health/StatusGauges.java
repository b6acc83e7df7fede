package io.sluice.tracking.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.tracking.kafka.TrackingService;
import io.sluice.tracking.kafka.TrackingStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The consumer's state as metrics: lag, partitions owned and failing, messages parked. */
@ApplicationScoped
public class StatusGauges {
    private final MeterRegistry registry;
    private final TrackingStatus status;

    public StatusGauges(MeterRegistry registry, TrackingService service) {
        this.registry = registry;
        this.status = service.status();
    }

    void onStart(@Observes StartupEvent event) {
        Gauge.builder("sluice.tracking.lag", status, StatusGauges::lag)
                .description("Messages of the outcomes topic that this replica has not consumed")
                .register(registry);
        Gauge.builder("sluice.tracking.partitions", status, now -> now.lags().size())
                .description("Partitions this replica owns")
                .register(registry);
        Gauge.builder("sluice.tracking.partitions.failing", status, now -> now.failures()
                        .size())
                .description("Partitions that stand still because bucket or Kafka fail")
                .register(registry);
        Gauge.builder("sluice.tracking.buckets.down", status, now -> now.bucketTroubles()
                        .size())
                .description("Customers' buckets whose files wait; readiness says which, and since when")
                .register(registry);
        Gauge.builder("sluice.tracking.spooled", status, TrackingStatus::spooled)
                .description("Files that wait for a customer's bucket, of all replicas")
                .register(registry);
        FunctionCounter.builder("sluice.tracking.parked", status, TrackingStatus::parked)
                .description("Messages parked because nobody can read or place them")
                .register(registry);
    }

    private static double lag(TrackingStatus status) {
        return status.lags().values().stream().mapToLong(Long::longValue).sum();
    }
}
