package io.sluice.tracking.health;

import io.sluice.tracking.kafka.TrackingService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the consumer's loop goes round. Failures it handles itself (bucket or Kafka away) do not stop the loop. */
@Liveness
@ApplicationScoped
public class ConsumerLiveness implements HealthCheck {
    /** Longer than any call inside a turn may block, shorter than Kafka's patience with a silent member. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(4);

    private final TrackingService service;

    public ConsumerLiveness(TrackingService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Duration standstill = service.status().standstill();
        return HealthCheckResponse.named("outcomes consumer alive")
                .withData("lastTurnMillisAgo", standstill.toMillis())
                .status(service.isConsuming() && standstill.compareTo(LONGEST_TURN) < 0)
                .build();
    }
}
