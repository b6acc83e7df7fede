package io.sluice.support.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Where a consumer group is in a topic. */
public final class GroupPlaces {
    private GroupPlaces() {}

    /**
     * By partition, the offset after the last message whose work is committed; without partitions in which the group has
     * committed nothing yet.
     *
     * @throws ExecutionException when Kafka refuses
     * @throws TimeoutException when it does not answer in time
     */
    public static Map<Integer, Long> of(Admin admin, String group, String topic, Duration patience)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<Integer, Long> places = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                .forEach((partition, place) -> {
                    if (partition.topic().equals(topic) && place != null) {
                        places.put(partition.partition(), place.offset());
                    }
                });
        return places;
    }
}
