package io.sluice.extractor.health;

import io.sluice.extractor.kafka.ExtractorLifecycle;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health follows the command loop. */
@Singleton
public class ExtractorHealth {
    private final ExtractorLifecycle extractor;

    public ExtractorHealth(ExtractorLifecycle extractor) {
        this.extractor = extractor;
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.named("command-loop")
                .status(extractor.alive())
                .build();
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready() {
        return () ->
                HealthCheckResponse.named("extractor").status(extractor.ready()).build();
    }
}
