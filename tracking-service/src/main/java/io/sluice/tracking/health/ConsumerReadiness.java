package io.sluice.tracking.health;

import io.sluice.tracking.kafka.TrackingService;
import io.sluice.tracking.kafka.TrackingStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the replica has its partitions. */
@Readiness
@ApplicationScoped
public class ConsumerReadiness implements HealthCheck {
    private final TrackingService service;

    public ConsumerReadiness(TrackingService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        TrackingStatus status = service.status();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("outcomes consumer assigned")
                .withData("partitions", status.lags().keySet().toString());
        status.outage().ifPresent(reason -> response.withData("outage", reason));
        return response.status(service.isConsuming() && status.isJoined()).build();
    }
}
