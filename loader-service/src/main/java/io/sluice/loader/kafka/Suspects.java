package io.sluice.loader.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages over which the engine itself broke. One that does so again and again is given up, that is parked, so that a bug
 * cannot stop a lane in a crash loop (architecture section 8). Thread-safe.
 */
final class Suspects {
    private static final int TRIES = 3;

    private final Map<Place, Integer> times = new ConcurrentHashMap<>();

    private record Place(TopicPartition partition, long offset) {}

    void note(TopicPartition partition, long offset, Throwable cause) {
        // a lack of memory or a broken class path is not the message's doing
        if (!(cause instanceof Error)) {
            times.merge(new Place(partition, offset), 1, Integer::sum);
        }
    }

    boolean isGivenUp(TopicPartition partition, long offset) {
        return !times.isEmpty() && times.getOrDefault(new Place(partition, offset), 0) >= TRIES;
    }
}
