package io.sluice.loader.health;

import io.sluice.loader.kafka.LaneStatus;
import io.sluice.loader.kafka.LoaderService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive while no lane's thread has died: those start again by themselves, so a dead one is a bug a restart may cure. */
@Liveness
@ApplicationScoped
public class LanesLiveness implements HealthCheck {
    private final LoaderService service;

    public LanesLiveness(LoaderService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        List<LaneStatus> lanes = service.lanes();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("lanes alive").withData("lanes", lanes.size());
        lanes.stream()
                .filter(lane -> !lane.alive())
                .forEach(lane -> response.withData("lane " + lane.destinationId(), "dead"));
        return response.status(lanes.stream().allMatch(LaneStatus::alive)).build();
    }
}
