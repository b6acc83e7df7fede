package io.sluice.support.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Kafka delete what its only reader has committed. Topics that feed one stage are kept for long, so that a destination or
 * a stage that is behind for days loses nothing (ADR 0220); without this they would also keep what nobody needs any more.
 * Works on a thread of its own until closed. Every replica does it: deleting twice is deleting once. Where Kafka refuses
 * (no right to delete), the topic's retention is what is left; that is logged when it begins.
 */
public final class ConsumedRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumedRecords.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Admin admin;
    private final Supplier<List<Reading>> readings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<TopicPartition, Long> deleted = new HashMap<>();
    private boolean refused;

    /**
     * One topic and who reads it.
     *
     * @param group the only consumer group that reads the topic
     * @param topic the topic
     */
    public record Reading(String group, String topic) {}

    private ConsumedRecords(Admin admin, Supplier<List<Reading>> readings) {
        this.admin = admin;
        this.readings = readings;
    }

    /** Begins to look after these topics; the list is asked for each time. */
    public static ConsumedRecords start(KafkaClients clients, Supplier<List<Reading>> readings) {
        ConsumedRecords consumed = new ConsumedRecords(clients.admin(), readings);
        Thread.ofVirtual().name("consumed-records").start(consumed::live);
        return consumed;
    }

    private void live() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                readings.get().stream().takeWhile(_ -> !isClosing()).forEach(this::deleteQuietly);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void deleteQuietly(Reading reading) {
        try {
            Map<TopicPartition, Long> places = placesOf(admin, reading);
            places.entrySet().removeIf(place -> place.getValue().equals(deleted.get(place.getKey())));
            delete(admin, places);
            deleted.putAll(places);
            refused = false;
        } catch (ExecutionException | TimeoutException failed) {
            if (!refused && !isClosing()) {
                LOG.warn(
                        "what was consumed of {} could not be deleted; Kafka deletes it by the topic's retention: {}",
                        reading.topic(),
                        failed.toString());
            }
            refused = true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Deletes once what the group has committed.
     *
     * @throws ExecutionException when Kafka refuses
     * @throws TimeoutException when it does not answer
     */
    public static void delete(Admin admin, Reading reading)
            throws ExecutionException, TimeoutException, InterruptedException {
        delete(admin, placesOf(admin, reading));
    }

    private static Map<TopicPartition, Long> placesOf(Admin admin, Reading reading)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> places = new HashMap<>();
        GroupPlaces.of(admin, reading.group(), reading.topic(), PATIENCE)
                .forEach((partition, offset) -> places.put(new TopicPartition(reading.topic(), partition), offset));
        return places;
    }

    private static void delete(Admin admin, Map<TopicPartition, Long> places)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (places.isEmpty()) {
            return;
        }
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        places.forEach((partition, offset) -> before.put(partition, RecordsToDelete.beforeOffset(offset)));
        admin.deleteRecords(before).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        admin.close(Duration.ofSeconds(1));
    }
}
