package io.sluice.loader.kafka;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.contract.EndState;
import io.sluice.testsupport.RealParts;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A connection's rate limit holds over all its syncs and all replicas of the loader. */
@RealParts({RealParts.Part.KAFKA, RealParts.Part.REGISTRY})
class LanePaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLS_PER_SECOND = 40;

    /** Each of two replicas may save up a tenth of a second, and have one call more than that. */
    private static final int BURST = 8;

    private LoaderWorld world;

    @BeforeEach
    void makeWorld() {
        world = new LoaderWorld();
    }

    @AfterEach
    void endWorld() {
        world.close();
    }

    @Test
    @DisplayName("RTY-8: two syncs on one connection and two replicas of the loader share the connection's limit")
    void syncsAndReplicasShareTheConnectionsLimit() throws Exception {
        ConcurrentLinkedQueue<Long> calls = new ConcurrentLinkedQueue<>();
        world.script.limits = new ConnectionLimits(1, 8, OptionalDouble.of(CALLS_PER_SECOND));
        world.script.answer = batch -> {
            calls.add(System.nanoTime());
            return new BatchResult.AllAccepted();
        };
        try (LoaderInstance one = loader("one");
                LoaderInstance two = loader("two")) {
            eventually(PATIENCE, () -> {
                assertThat(one.partitionsHeld()).isEqualTo(2);
                assertThat(two.partitionsHeld()).isEqualTo(2);
            });
            long first = world.newRun(world.syncId, 1);
            long second = world.newRun(world.syncId + 1, 1);
            world.run(first, 20);
            world.run(second, 20);

            assertThat(world.awaitEnds(first)).allMatch(end -> end.getState() == EndState.COMPLETED);
            assertThat(world.awaitEnds(second)).allMatch(end -> end.getState() == EndState.COMPLETED);
        }
        assertThat(calls).hasSize(160);
        // however slow this machine is, calls cannot come faster than the limit allows
        assertThat(Duration.ofNanos(Collections.max(calls) - Collections.min(calls)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_000L * (160 - BURST) / CALLS_PER_SECOND));
    }

    private LoaderInstance loader(String name) {
        return new LoaderInstance(name, world.cipher, world.destinationId, LaneHooks.NONE);
    }
}
