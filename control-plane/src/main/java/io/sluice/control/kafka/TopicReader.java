package io.sluice.control.kafka;

import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads a topic into the database. The offset is committed after the database transaction, so every message is taken at
 * least once; taking one again must change nothing. Unreadable messages are parked. After any other trouble it begins anew
 * at the last committed offset, with a new taker. One thread of its own; the topic must exist once the relay is ready.
 */
final class TopicReader<V extends SpecificRecord> {
    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORT_POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final OutboxRelay relay;
    private final String topic;
    private final String group;
    private final Supplier<Taker<V>> takers;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile KafkaConsumer<String, V> current;
    private volatile boolean reading;

    /** What is done with messages. Used by the reader's thread only. */
    interface Taker<V> {
        /**
         * Takes messages, or none when there are none.
         *
         * @return whether something was stored, and with it everything that was taken before
         */
        boolean take(ConsumerRecords<String, V> messages);

        /** Whether something that was taken waits to be stored. */
        boolean waiting();
    }

    TopicReader(KafkaClients clients, OutboxRelay relay, String topic, String group, Supplier<Taker<V>> takers) {
        this.clients = clients;
        this.relay = relay;
        this.topic = topic;
        this.group = group;
        this.takers = takers;
        this.thread = Thread.ofPlatform().daemon().name(topic).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stop.countDown();
        KafkaConsumer<String, V> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Whether messages are being read. */
    boolean reading() {
        return reading;
    }

    private void run() {
        while (!stopped(relay.ready() ? Duration.ZERO : Duration.ofMillis(100))) {
            if (!relay.ready()) {
                continue;
            }
            try (KafkaConsumer<String, V> consumer = clients.consumer(group)) {
                current = consumer;
                consumer.subscribe(List.of(topic));
                read(consumer);
            } catch (WakeupException asked) {
                LOG.debugf("the reader of %s is asked to stop", topic);
            } catch (RuntimeException trouble) {
                LOG.warnf(trouble, "cannot take messages of %s, trying again", topic);
                stopped(PAUSE);
            } finally {
                reading = false;
                current = null;
            }
        }
    }

    private void read(KafkaConsumer<String, V> consumer) {
        Taker<V> taker = takers.get();
        while (!stopped(Duration.ZERO)) {
            try {
                ConsumerRecords<String, V> messages = consumer.poll(taker.waiting() ? SHORT_POLL : POLL);
                reading = true;
                if (taker.take(messages)) {
                    // only now: nothing that was read is kept in memory alone any more
                    consumer.commitSync();
                }
            } catch (RecordDeserializationException unreadable) {
                if (!PoisonCheck.passOver(consumer, unreadable, this::park)) {
                    stopped(PAUSE);
                }
            }
        }
    }

    private void park(RecordDeserializationException poison) {
        try (ParkedMessages parked = new ParkedMessages(clients)) {
            parked.park("control-plane", poison);
        }
    }

    private boolean stopped(Duration patience) {
        try {
            return stop.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
