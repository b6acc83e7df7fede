package io.sluice.tracking.health;

import io.sluice.tracking.kafka.TrackingService;
import io.sluice.tracking.kafka.TrackingStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while a partition cannot write its files, with the reason; rows wait in Kafka meanwhile and nothing is lost. */
@Readiness
@ApplicationScoped
public class TrackingReadiness implements HealthCheck {
    private final TrackingService service;

    public TrackingReadiness(TrackingService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        TrackingStatus status = service.status();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("tracking files written").withData("parkedMessages", status.parked());
        status.failures()
                .forEach((partition, failure) -> response.withData(
                        "partition " + partition, "since " + failure.since() + ": " + failure.reason()));
        // files of these wait in the spool: this replica works, so it stays ready
        status.bucketTroubles()
                .forEach((bucket, trouble) ->
                        response.withData("bucket " + bucket, "since " + trouble.since() + ": " + trouble.reason()));
        return response.withData("spooledFiles", status.spooled())
                .status(status.failures().isEmpty())
                .build();
    }
}
