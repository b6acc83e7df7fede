package io.sluice.loader.health;

import io.sluice.loader.kafka.LaneStatus;
import io.sluice.loader.kafka.LoaderService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once destinations are followed and every lane has reached Kafka within the last minutes. */
@Readiness
@ApplicationScoped
public class LanesReadiness implements HealthCheck {
    private final LoaderService service;

    public LanesReadiness(LoaderService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        boolean healthy = service.started();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("lanes working");
        for (LaneStatus lane : service.lanes()) {
            healthy &= lane.healthy();
            if (!lane.lastError().isEmpty()) {
                response.withData("lane " + lane.destinationId(), lane.lastError());
            }
        }
        return response.status(healthy).build();
    }
}
