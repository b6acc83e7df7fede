package io.sluice.support.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest value of every key of a compacted topic, kept in memory and followed by a thread of its own. Each process
 * reads the whole topic. Thread-safe.
 *
 * @param <V> the topic's record
 */
public final class CompactedTopic<V extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
    /** A poll returns as soon as there is something, and is woken to end. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final String topic;
    private final KafkaConsumer<String, V> consumer;
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, Optional<V>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Integer, Long> read = new HashMap<>();
    private final Object progress = new Object();
    private final Thread follower;
    private volatile boolean closed;

    public CompactedTopic(KafkaClients clients, String topic) {
        this.topic = topic;
        this.consumer = clients.silentTopicConsumer();
        this.follower = Thread.ofPlatform().daemon().name("compacted-" + topic).unstarted(this::follow);
    }

    /** Starts following; listeners added before see everything. */
    public CompactedTopic<V> start() {
        follower.start();
        return this;
    }

    /** Calls {@code listener} on the follower's thread with each key's new value, or empty when it was removed. */
    public void onChange(BiConsumer<String, Optional<V>> listener) {
        listeners.add(listener);
    }

    /** The value of a key as far as read. */
    public Optional<V> peek(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** All values as far as read. */
    public Map<String, V> snapshot() {
        return Map.copyOf(values);
    }

    /**
     * The value of a key; when it is not there yet, reads to the topic's end as of this call before giving up.
     *
     * @return empty when the topic does not hold the key
     * @throws TimeoutException when the end could not be reached within {@code patience}: nobody knows
     */
    public Optional<V> get(String key, KafkaClients clients, Duration patience) {
        Optional<V> known = peek(key);
        if (known.isPresent()) {
            return known;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<String, V> probe = clients.broadcastConsumer()) {
            ends = probe.endOffsets(partitions(probe));
        }
        synchronized (progress) {
            while (!values.containsKey(key) && !hasRead(ends)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed) {
                    throw new TimeoutException(
                            topic + " could not be read to its end within " + patience.toSeconds() + " s");
                }
                try {
                    progress.wait(Math.max(1, Math.min(left / 1_000_000, 100)));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new InterruptException("interrupted while reading " + topic, interrupted);
                }
            }
        }
        return peek(key);
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return !ends.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> read.getOrDefault(end.getKey().partition(), 0L) >= end.getValue());
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, V> with) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo info : with.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, info.partition()));
        }
        return partitions;
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> assigned = List.of();
            while (!closed) {
                try {
                    if (assigned.isEmpty()) {
                        assigned = partitions(consumer);
                        consumer.assign(assigned);
                        consumer.seekToBeginning(assigned);
                    }
                    for (ConsumerRecord<String, V> record : consumer.poll(POLL)) {
                        apply(record);
                    }
                    advance(assigned);
                } catch (WakeupException woken) {
                    // close() asked; the loop's condition ends it
                    LOG.debug("follower of {} is asked to stop", topic);
                } catch (RecordDeserializationException unreadable) {
                    passOver(unreadable);
                } catch (RuntimeException failed) {
                    if (!closed) {
                        LOG.warn("cannot read {}, trying again", topic, failed);
                        pause();
                    }
                }
            }
        }
    }

    /** A value that nobody can read must not hide those after it; a registry that is away is waited for. */
    private void passOver(RecordDeserializationException unreadable) {
        boolean passed = PoisonCheck.passOver(
                consumer,
                unreadable,
                poison -> LOG.error(
                        "{} holds a value at offset {} that cannot be read, it is passed over",
                        topic,
                        poison.offset(),
                        poison));
        if (!passed) {
            pause();
        }
    }

    private void apply(ConsumerRecord<String, V> record) {
        Optional<V> value = Optional.ofNullable(record.value());
        value.ifPresentOrElse(present -> values.put(record.key(), present), () -> values.remove(record.key()));
        for (BiConsumer<String, Optional<V>> listener : listeners) {
            try {
                listener.accept(record.key(), value);
            } catch (RuntimeException failed) {
                LOG.error("a listener of {} failed for key {}", topic, record.key(), failed);
            }
        }
    }

    private void advance(List<TopicPartition> assigned) {
        synchronized (progress) {
            for (TopicPartition partition : assigned) {
                read.put(partition.partition(), consumer.position(partition));
            }
            progress.notifyAll();
        }
    }

    private void pause() {
        synchronized (progress) {
            try {
                progress.wait(500);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (follower.isAlive()) {
            consumer.wakeup();
        } else {
            consumer.close();
        }
    }
}
