package io.sluice.control.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.FactTables;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.control.config.ControlConfig;
import io.sluice.control.connection.Announcements;
import io.sluice.control.store.Outbox;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.TopicProvisioner;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds: at once after a commit, at start-up, and every now and then for what a crash or a Kafka
 * outage left behind. Makes sure topics exist before it uses them. One thread of its own; the API never waits for Kafka.
 */
@Singleton
public class OutboxRelay implements Announcements {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int MOST_AT_ONCE = 200;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final KafkaClients clients;
    private final TopicProvisioner topics;
    private final Duration interval;
    private final Semaphore news = new Semaphore(0);
    private final Set<Long> destinationsWithTopic = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ready;

    public OutboxRelay(Outbox outbox, KafkaClients clients, ControlConfig config) {
        this.outbox = outbox;
        this.clients = clients;
        this.topics = new TopicProvisioner(clients);
        this.interval = config.outboxInterval();
        this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closed = true;
        news.release();
        thread.join(TimeUnit.SECONDS.toMillis(5));
        if (thread.isAlive()) { // waiting for a broker that does not answer; what is unsent stays in the outbox
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(5));
        }
    }

    @Override
    public void publish() {
        news.release();
    }

    /** Whether the topics exist and messages can leave. */
    public boolean ready() {
        return ready;
    }

    private void run() {
        Duration pause = interval;
        while (!closed) {
            try (KafkaProducer<String, SpecificRecord> producer = clients.producer(Map.of(
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000))) {
                topics.ensureAll();
                ready = true;
                pause = interval;
                sendUntilTrouble(producer);
            } catch (RuntimeException trouble) {
                ready = false;
                destinationsWithTopic.clear();
                LOG.warnf("messages to the workers wait for Kafka: %s", rootMessage(trouble));
                await(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void sendUntilTrouble(KafkaProducer<String, SpecificRecord> producer) {
        while (!closed) {
            news.drainPermits();
            while (outbox.send(MOST_AT_ONCE, messages -> send(producer, messages)) > 0) {
                LOG.debug("sent messages to the workers");
            }
            await(interval);
        }
    }

    /** A message leaves only after all earlier ones of other topics have arrived: a plan before its command. */
    private void send(KafkaProducer<String, SpecificRecord> producer, List<Outbox.Message> messages) {
        List<Future<?>> underWay = new ArrayList<>();
        String topic = "";
        for (Outbox.Message message : messages) {
            message.ensureOperationsOf().ifPresent(this::ensureOperationsTopic);
            if (!message.topic().equals(topic)) {
                arrive(underWay);
                topic = message.topic();
            }
            SpecificRecord value = message.message()
                    .map(bytes -> decode(message.topic(), bytes))
                    .orElse(null);
            underWay.add(producer.send(new ProducerRecord<>(topic, message.key(), value)));
        }
        arrive(underWay);
    }

    private void ensureOperationsTopic(long destinationId) {
        if (!destinationsWithTopic.contains(destinationId)) {
            topics.ensure(List.of(Topics.operationsDefinition(
                    destinationId, clients.settings().partitions())));
            destinationsWithTopic.add(destinationId);
        }
    }

    private static void arrive(List<Future<?>> underWay) {
        try {
            for (Future<?> sending : underWay) {
                sending.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka did not take a message", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", interrupted);
        }
        underWay.clear();
    }

    private static SpecificRecord decode(String topic, ByteBuffer bytes) {
        try {
            return switch (topic) {
                case Topics.RUN_PLANS -> RunPlan.getDecoder().decode(bytes);
                case Topics.RUN_COMMANDS -> RunCommand.getDecoder().decode(bytes);
                case Topics.CONNECTIONS -> ConnectionConfig.getDecoder().decode(bytes);
                case Topics.FACT_TABLES -> FactTables.getDecoder().decode(bytes);
                default -> throw new IllegalStateException("the outbox holds a message for " + topic);
            };
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void await(Duration pause) {
        try {
            if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("woken by news");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static String rootMessage(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElseGet(root.getClass()::getSimpleName);
    }
}
