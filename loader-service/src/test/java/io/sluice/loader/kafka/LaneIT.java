package io.sluice.loader.kafka;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.ConsumedRecords;
import io.sluice.testsupport.RealParts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes on a real broker and registry, over a destination that does what the test says. */
@RealParts({RealParts.Part.KAFKA, RealParts.Part.REGISTRY})
class LaneIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ConnectorError DOWN =
            new ConnectorError("HTTP_SERVER_ERROR", ConnectorError.Fault.EXTERNAL, "The server answers 503.");

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

    @Test
    void aRunTravelsInItsBracketThroughEveryPartition() throws Exception {
        long run = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.run(run, 250);
            List<LoadEnded> ends = world.awaitEnds(run);

            assertThat(ends).allSatisfy(end -> {
                assertThat(end.getState()).isEqualTo(EndState.COMPLETED);
                assertThat(end.getLoad()).isEqualTo(new LoadCounts(250L, 0L, 0L, 0L, 0L));
                assertThat(end.getDiff().getPlannedUpdates()).isEqualTo(250);
            });
            for (int partition = 0; partition < LoaderWorld.PARTITIONS; partition++) {
                int number = partition;
                List<Object> events = world.ofRun(run)
                        .filter(record -> record.partition() == number)
                        .map(record -> record.value().getEvent())
                        .toList();
                assertThat(events.getFirst()).isInstanceOf(RunStarted.class);
                assertThat(events.getLast()).isInstanceOf(LoadEnded.class);
            }
            assertThat(world.outcomesOf(run)).hasSize(1_000);
            assertThat(world.ofRun(run)).allMatch(record -> record.key().equals(Long.toString(world.syncId)));
            assertThat(world.ofRun(run).filter(record -> record.value().getEvent() instanceof LoadEnded))
                    .hasSize(LoaderWorld.PARTITIONS);
            assertThat(world.script.lastSettings).containsOnlyKeys("script");
            assertThat(loader.statuses()).allMatch(LaneStatus::healthy);
            assertProgressWasTold(run);
        }
        assertThat(world.script.openConnections).hasValue(0);
    }

    private void assertProgressWasTold(long run) {
        try (KafkaConsumer<String, RunEvent> events = world.clients.broadcastConsumer()) {
            List<TopicPartition> partitions = events.partitionsFor(Topics.RUN_EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            events.assign(partitions);
            events.seekToBeginning(partitions);
            Map<Integer, Long> told = new HashMap<>();
            eventually(PATIENCE, () -> {
                for (ConsumerRecord<String, RunEvent> record : events.poll(Duration.ofMillis(100))) {
                    if (record.value().getEvent() instanceof StageProgress progress && progress.getSyncRunId() == run) {
                        told.put(progress.getPartition(), progress.getRecords());
                    }
                }
                assertThat(told).containsExactlyInAnyOrderEntriesOf(Map.of(0, 250L, 1, 250L, 2, 250L, 3, 250L));
            });
        }
    }

    @Test
    void aFewOperationsAreSentThoughNothingFillsTheirBatch() throws Exception {
        try (LoaderInstance loader = loader("a")) {
            long run = world.newRun();
            world.start(run, 1);
            world.upserts(run, 1, 0, 25);
            // neither a full batch nor the run's end comes: what is there is sent all the same
            eventually(PATIENCE, () -> {
                world.poll();
                assertThat(world.outcomesOf(run)).hasSize(25);
            });
            world.end(run, 1, 25);
            assertThat(world.awaitEnd(run, 1).getState()).isEqualTo(EndState.COMPLETED);
            assertThat(loader.partitionsHeld()).isEqualTo(LoaderWorld.PARTITIONS);
        }
    }

    @Test
    void rejectionsSplitsAndRetriesGiveEachRecordItsOwnFinalWord() throws Exception {
        Set<Integer> busyOnce = ConcurrentHashMap.newKeySet();
        world.script.answer = batch -> {
            if (busyOnce.add(batch.records().getFirst().identifier().charAt(1) - '0')) {
                return new BatchResult.RetryLater(Duration.ofMillis(30), "429", Optional.of(DOWN));
            }
            boolean bad = batch.records().stream()
                    .anyMatch(record -> record.identifier().endsWith("-13"));
            return bad ? new BatchResult.Refused("unlucky") : new BatchResult.AllAccepted();
        };
        long run = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.run(run, 100);
            assertThat(world.awaitEnds(run)).allSatisfy(end -> {
                assertThat(end.getState()).isEqualTo(EndState.COMPLETED);
                assertThat(end.getLoad()).isEqualTo(new LoadCounts(99L, 1L, 0L, 0L, 0L));
            });
            assertThat(world.outcomesOf(run)).hasSize(400);
            assertThat(world.outcomesOf(run).stream().filter(outcome -> outcome.getStatus() == OutcomeStatus.REJECTED))
                    .hasSize(4)
                    .allSatisfy(outcome -> {
                        assertThat(outcome.getIdentifier()).endsWith("-13");
                        assertThat(outcome.getMessage()).isEqualTo("unlucky");
                    });
            assertThat(loader.statuses()).hasSize(1);
        }
    }

    @Test
    void aServerThatStaysAwayFailsTheRunAndTheNextOneGetsANewConnection() throws Exception {
        world.script.answer = batch -> new BatchResult.RetryLater(Duration.ZERO, "HTTP 503", Optional.of(DOWN));
        long failing = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.run(failing, 120);
            assertThat(world.awaitEnds(failing)).allSatisfy(end -> {
                assertThat(end.getState()).isEqualTo(EndState.FAILED);
                assertThat(end.getError().getCode()).isEqualTo("HTTP_SERVER_ERROR");
                assertThat(end.getLoad()).isEqualTo(new LoadCounts(0L, 0L, 0L, 0L, 120L));
            });
            world.script.answer = batch -> new BatchResult.AllAccepted();
            long next = world.newRun();
            world.run(next, 120);
            assertThat(world.awaitEnds(next)).allMatch(end -> end.getState() == EndState.COMPLETED);
            assertThat(world.script.connectionsOpened).hasValue(2);
            assertThat(loader.statuses()).hasSize(1);
        }
    }

    @Test
    void unknownOutcomesOfAnIdempotentDestinationAreSentAgainAndRejectionsAreNot() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        world.script.answer = batch -> new BatchResult.PerRecord(batch.records().stream()
                .<AttemptResult>map(record -> {
                    boolean first = seen.add(record.identifier());
                    return switch (record.identifier()
                            .charAt(record.identifier().length() - 1)) {
                        case '1' -> first ? new AttemptResult.Unknown("timed out") : AttemptResult.Accepted.PLAIN;
                        case '2' -> new AttemptResult.Rejected("no " + first);
                        default -> AttemptResult.Accepted.PLAIN;
                    };
                })
                .toList());
        long run = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.run(run, 10);
            assertThat(world.awaitEnds(run))
                    .allSatisfy(end -> assertThat(end.getLoad()).isEqualTo(new LoadCounts(9L, 1L, 0L, 0L, 0L)));
            assertThat(world.script.timesSent().get("p0-1")).isEqualTo(2);
            assertThat(world.script.timesSent().get("p0-2")).isEqualTo(1);
            assertThat(loader.statuses()).hasSize(1);
        }
    }

    @Test
    void aCancelledRunEndsAndKeepsWhatWasAccepted() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        world.script.limits = new ConnectionLimits(10, 4);
        world.script.answer = batch -> {
            called.countDown();
            waitFor(mayAnswer);
            return new BatchResult.AllAccepted();
        };
        long run = world.newRun();
        try (LoaderInstance loader = loader("a")) {
            world.start(run, 0);
            world.upserts(run, 0, 0, 500);
            world.end(run, 0, 500);
            called.await();
            world.cancel(run);
            eventually(PATIENCE, () -> assertThat(loader.hasCanceled(run)).isTrue());
            mayAnswer.countDown();
            LoadEnded end = world.awaitEnd(run, 0);
            assertThat(end.getState()).isEqualTo(EndState.CANCELED);
            assertThat(end.getError().getCode()).isEqualTo("RUN_CANCELED");
            assertThat(end.getLoad())
                    .as("only the call under way was still answered")
                    .isEqualTo(new LoadCounts(10L, 0L, 0L, 0L, 490L));
            assertThat(world.outcomesOf(run)).hasSize(10);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theLaneOfADeletedDestinationEndsOnceItHasNothingToDo() throws Exception {
        try (LoaderInstance loader = loader("a")) {
            long run = world.newRun();
            world.start(run, 0);
            world.upserts(run, 0, 0, 10);
            eventually(PATIENCE, () -> {
                world.poll();
                assertThat(world.outcomesOf(run)).hasSize(10);
            });
            world.deleteDestination();
            world.upserts(run, 0, 10, 20);
            world.end(run, 0, 20);
            assertThat(world.awaitEnd(run, 0).getLoad()).isEqualTo(new LoadCounts(20L, 0L, 0L, 0L, 0L));
            eventually(PATIENCE, () -> assertThat(loader.statuses()).isEmpty());
            assertThat(world.script.openConnections).hasValue(0);

            world.saveDestination("again");
            long next = world.newRun();
            world.run(next, 5);
            assertThat(world.awaitEnds(next)).allMatch(end -> end.getState() == EndState.COMPLETED);
        }
    }

    @Test
    void whatALaneHasCommittedIsDeletedAndItGoesOnFromThere() throws Exception {
        try (LoaderInstance loader = loader("a");
                Admin admin = world.clients.admin()) {
            long first = world.newRun();
            world.run(first, 5);
            world.awaitEnds(first);
            ConsumedRecords.Reading reading = new ConsumedRecords.Reading(
                    Lane.group(world.destinationId), Topics.operations(world.destinationId));
            Map<Integer, Long> ends = world.endsOfOperations();

            eventually(PATIENCE, () -> {
                ConsumedRecords.delete(admin, reading);
                assertThat(world.startsOfOperations()).isEqualTo(ends);
            });
            assertThat(ends.values()).allMatch(end -> end > 0);

            long next = world.newRun();
            world.run(next, 5);
            assertThat(world.awaitEnds(next))
                    .allSatisfy(end -> assertThat(end.getLoad()).isEqualTo(new LoadCounts(5L, 0L, 0L, 0L, 0L)));
            assertThat(loader.statuses()).allMatch(LaneStatus::healthy);
        }
    }

    @Test
    void newSettingsAreUsedByTheNextRunAndWrongOnesFailIt() throws Exception {
        try (LoaderInstance loader = loader("a")) {
            long first = world.newRun();
            world.run(first, 3);
            world.awaitEnds(first);
            world.saveDestination("second");
            eventually(PATIENCE, () -> {
                long run = world.newRun();
                world.run(run, 3);
                world.awaitEnds(run);
                assertThat(world.script.connectionsOpened).hasValue(2);
            });

            world.saveSettings(Map.of("script", "script-" + world.destinationId));
            eventually(PATIENCE, () -> {
                long run = world.newRun();
                world.run(run, 3);
                assertThat(world.awaitEnds(run)).allSatisfy(end -> {
                    assertThat(end.getState()).isEqualTo(EndState.FAILED);
                    assertThat(end.getError().getCode()).isEqualTo("SETTINGS_INVALID");
                });
            });
            assertThat(loader.statuses()).hasSize(1);
        }
    }
}
