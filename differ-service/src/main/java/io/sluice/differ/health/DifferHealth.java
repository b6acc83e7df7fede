package io.sluice.differ.health;

import io.sluice.differ.kafka.DifferStreams;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health follows the state of Kafka Streams: a client in ERROR never recovers by itself and must be restarted. */
@Singleton
public class DifferHealth {
    private final DifferStreams streams;

    public DifferHealth(DifferStreams streams) {
        this.streams = streams;
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive() {
        return () -> response("kafka-streams", streams.state() != KafkaStreams.State.ERROR);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready() {
        return () -> response("differ", streams.state() == KafkaStreams.State.RUNNING);
    }

    private HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name)
                .status(up)
                .withData("state", streams.state().name())
                .build();
    }
}
