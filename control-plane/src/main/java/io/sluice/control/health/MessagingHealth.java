package io.sluice.control.health;

import io.sluice.control.kafka.OutboxRelay;
import io.sluice.control.kafka.RunEventConsumer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the topics exist, messages can leave and run events are read. */
@Readiness
@Singleton
public class MessagingHealth implements HealthCheck {
    private final OutboxRelay relay;
    private final RunEventConsumer consumer;

    public MessagingHealth(OutboxRelay relay, RunEventConsumer consumer) {
        this.relay = relay;
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("messaging")
                .status(relay.ready() && consumer.reading())
                .withData("outbox", relay.ready())
                .withData("run-events", consumer.reading())
                .build();
    }
}
