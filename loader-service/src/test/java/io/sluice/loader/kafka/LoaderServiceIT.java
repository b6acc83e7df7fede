package io.sluice.loader.kafka;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.EndState;
import io.sluice.loader.config.LoaderConfig;
import io.sluice.loader.health.LanesLiveness;
import io.sluice.loader.health.LanesReadiness;
import io.sluice.loader.health.MeteredLanes;
import io.sluice.testsupport.RealParts;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** The service as Quarkus puts it together: lanes that come with destinations, health, metrics, an orderly end. */
@RealParts({RealParts.Part.KAFKA, RealParts.Part.REGISTRY})
class LoaderServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void lanesComeWithDestinationsAndAreSeenInHealthAndMetrics() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        String key = LoaderWorld.randomKey();
        LoaderService service =
                new LoaderService(config(), TestKafka.ofInstance("service"), () -> key, new MeteredLanes(meters));
        LanesReadiness ready = new LanesReadiness(service);
        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
        service.onStart(new StartupEvent());
        try (LoaderWorld world = new LoaderWorld(key)) {
            long run = world.newRun();
            world.run(run, 10);
            assertThat(world.awaitEnds(run)).allMatch(end -> end.getState() == EndState.COMPLETED);

            eventually(PATIENCE, () -> assertThat(ready.call().getStatus()).isEqualTo(Status.UP));
            assertThat(new LanesLiveness(service).call().getStatus()).isEqualTo(Status.UP);
            String destination = Long.toString(world.destinationId);
            assertThat(meters.get("sluice.loader.operations")
                            .tags("destination", destination, "type", "scripted", "outcome", "succeeded")
                            .counter()
                            .count())
                    .isEqualTo(40);
            assertThat(meters.get("sluice.loader.calls")
                            .tags("destination", destination, "answer", "accepted")
                            .timer()
                            .count())
                    .isPositive();
        } finally {
            service.onStop(new ShutdownEvent());
        }
        assertThat(service.lanes()).isNotEmpty().noneMatch(LaneStatus::alive);
    }

    private static LoaderConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(LoaderConfig.class)
                .withDefaultValues(Map.of("sluice.loader.destinations", "scripted"))
                .build()
                .getConfigMapping(LoaderConfig.class);
    }
}
