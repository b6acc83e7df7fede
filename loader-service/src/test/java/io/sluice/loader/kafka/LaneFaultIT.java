package io.sluice.loader.kafka;

import static io.sluice.testsupport.Eventually.await;
import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Outcome;
import io.sluice.contract.Topics;
import io.sluice.testsupport.RealParts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes that die, come and go, and meet what nobody can read, on a real broker and registry. */
@RealParts({RealParts.Part.KAFKA, RealParts.Part.REGISTRY})
class LaneFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LoaderWorld world;

    @BeforeEach
    void makeWorld() {
        world = new LoaderWorld();
    }

    @AfterEach
    void endWorld() {
        world.close();
    }

    private LoaderInstance loader(String name) {
        return new LoaderInstance(name, world.cipher, world.destinationId, LaneHooks.NONE);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aProcessThatDiesBetweenAnswerAndCommitLeavesEachOutcomeOnce() throws Exception {
        world.script.limits = new ConnectionLimits(20, 4);
        CountDownLatch dead = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch firstOutcomes = new CountDownLatch(1);
        // partition 0 is answered at once; the others only after the first outcomes are on their way, so that a second
        // transaction with outcomes comes, however the machine's time falls
        world.script.answer = batch -> {
            if (!batch.records().getFirst().identifier().startsWith("p0-")) {
                waitFor(firstOutcomes);
            }
            return new BatchResult.AllAccepted();
        };
        LaneHooks dying = outcomeMessages -> {
            if (outcomeMessages > 0 && firstOutcomes.getCount() == 0) {
                // the second transaction with outcomes never comes to its end in this process, as after kill -9
                reached.countDown();
                waitFor(dead);
            } else if (outcomeMessages > 0) {
                firstOutcomes.countDown();
            }
        };
        long run = world.newRun();
        LoaderInstance killed = new LoaderInstance("same-name", world.cipher, world.destinationId, dying);
        try {
            for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                world.start(run, partition);
                world.upserts(run, partition, 0, 330);
            }
            reached.await();
            LoaderInstance successor = loader("same-name");
            try {
                for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                    world.end(run, partition, 330);
                }
                assertThat(world.awaitEnds(run)).allSatisfy(end -> {
                    assertThat(end.getState()).isEqualTo(EndState.COMPLETED);
                    assertThat(end.getLoad()).isEqualTo(new LoadCounts(330L, 0L, 0L, 0L, 0L));
                });
                assertThat(world.outcomesOf(run))
                        .extracting(Outcome::getIdentifier)
                        .hasSize(4 * 330)
                        .doesNotHaveDuplicates();
                // the destination saw some records twice: at least once is what it is promised
                assertThat(world.script.timesSent()).hasSize(4 * 330);
                assertThat(world.script.timesSent().values()).anyMatch(times -> times > 1);

                // the dead one wakes up as a zombie: it is fenced, adds nothing, and leaves the lane to the younger one
                dead.countDown();
                eventually(PATIENCE, () -> assertThat(killed.statuses()).allSatisfy(status -> {
                    assertThat(status.healthy()).isFalse();
                    assertThat(status.standsBack()).isTrue();
                    assertThat(status.lastError()).startsWith("INSTANCE_NAME_TAKEN");
                }));
                long next = world.newRun();
                world.run(next, 30);
                world.awaitEnds(next);
                assertThat(world.outcomesOf(run)).hasSize(4 * 330);
                assertThat(world.outcomesOf(next)).hasSize(4 * 30);
                assertThat(successor.statuses()).hasSize(1).allMatch(LaneStatus::healthy);
                assertThat(successor.partitionsHeld()).isEqualTo(LoaderWorld.PARTITIONS);
                assertThat(killed.statuses()).allMatch(LaneStatus::standsBack);
            } finally {
                successor.leave();
            }
            // once the younger one has left, the older one does the work again
            eventually(PATIENCE, () -> assertThat(killed.partitionsHeld()).isEqualTo(LoaderWorld.PARTITIONS));
            assertThat(killed.statuses()).noneMatch(LaneStatus::standsBack);
        } finally {
            dead.countDown();
            firstOutcomes.countDown();
            killed.close();
        }
    }

    @Test
    void replicasShareThePartitionsAndNothingIsLostWhenTheyComeAndGo() throws Exception {
        world.script.limits = new ConnectionLimits(5, 8);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        world.script.answer = batch -> {
            threads.add(Thread.currentThread().getName());
            pause();
            return new BatchResult.AllAccepted();
        };
        long run = world.newRun();
        try (LoaderInstance first = loader("one")) {
            for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                world.start(run, partition);
                world.upserts(run, partition, 0, 400);
            }
            eventually(PATIENCE, () -> assertThat(first.partitionsHeld()).isEqualTo(4));
            LoaderInstance second = loader("two");
            try {
                eventually(PATIENCE, () -> assertThat(second.partitionsHeld()).isEqualTo(2));
                eventually(PATIENCE, () -> assertThat(first.partitionsHeld()).isEqualTo(2));
                for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                    world.upserts(run, partition, 400, 600);
                }
            } finally {
                second.leave();
            }
            eventually(PATIENCE, () -> assertThat(first.partitionsHeld()).isEqualTo(4));
            for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                world.end(run, partition, 600);
            }
            assertThat(world.awaitEnds(run)).allSatisfy(end -> {
                assertThat(end.getState()).isEqualTo(EndState.COMPLETED);
                assertThat(end.getLoad()).isEqualTo(new LoadCounts(600L, 0L, 0L, 0L, 0L));
            });
            assertThat(world.outcomesOf(run))
                    .extracting(Outcome::getIdentifier)
                    .hasSize(4 * 600)
                    .doesNotHaveDuplicates();
        }
    }

    /** A destination that takes some time; the time is part of what is tested, not a wait for something. */
    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
    }

    @Test
    void aMessageNobodyCanReadIsParkedAndFailsItsRunOnly() throws Exception {
        long run = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.start(run, 2);
            world.upserts(run, 2, 0, 10);
            world.sendGarbage(2);
            world.upserts(run, 2, 10, 20);
            world.end(run, 2, 25);
            LoadEnded end = world.awaitEnd(run, 2);
            assertThat(end.getState()).isEqualTo(EndState.FAILED);
            assertThat(end.getError().getCode()).isEqualTo("MESSAGE_PARKED");
            assertThat(end.getLoad()).isEqualTo(new LoadCounts(10L, 0L, 0L, 0L, 15L));
            assertParked();

            long next = world.newRun();
            world.run(next, 5);
            assertThat(world.awaitEnds(next)).allMatch(after -> after.getState() == EndState.COMPLETED);
            assertThat(loader.statuses()).hasSize(1);
        }
    }

    private void assertParked() {
        Map<String, Object> config = world.clients.consumerConfig();
        try (KafkaConsumer<byte[], byte[]> parked =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(Topics.PARKED, 0);
            parked.assign(List.of(only));
            parked.seekToBeginning(List.of(only));
            String topic = Topics.operations(world.destinationId);
            ConsumerRecord<byte[], byte[]> found = await("parked message", PATIENCE, () -> {
                for (ConsumerRecord<byte[], byte[]> record : parked.poll(Duration.ofMillis(100))) {
                    if (topic.equals(header(record, "sluice.origin.topic"))) {
                        return Optional.of(record);
                    }
                }
                return Optional.empty();
            });
            assertThat(found.value()).containsOnly(9).hasSize(9);
            assertThat(header(found, "sluice.origin.partition")).isEqualTo("2");
            assertThat(header(found, "sluice.reason")).isNotBlank();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
