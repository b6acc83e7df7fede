package io.sluice.control.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Topics;
import io.sluice.control.run.PendingReports;
import io.sluice.control.trigger.RunService;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.PoisonCheck;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads run events. The offset is committed after the database transaction, so every event is taken at least once; taking
 * one again changes nothing. Unreadable events are parked. After any other trouble it begins anew at the last committed
 * offset. One thread of its own.
 */
@Singleton
public class RunEventConsumer {
    private static final Logger LOG = Logger.getLogger(RunEventConsumer.class);
    private static final String GROUP = "sluice.control-plane";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORT_POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final OutboxRelay relay;
    private final RunService runs;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile KafkaConsumer<String, RunEvent> current;
    private volatile boolean reading;

    public RunEventConsumer(KafkaClients clients, OutboxRelay relay, RunService runs) {
        this.clients = clients;
        this.relay = relay;
        this.runs = runs;
        this.thread = Thread.ofPlatform().daemon().name("run-events").unstarted(this::run);
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.countDown();
        KafkaConsumer<String, RunEvent> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Whether events are being read. */
    public boolean reading() {
        return reading;
    }

    private void run() {
        while (!stopped(relay.ready() ? Duration.ZERO : Duration.ofMillis(100))) {
            if (!relay.ready()) {
                continue;
            }
            try (KafkaConsumer<String, RunEvent> consumer = clients.consumer(GROUP)) {
                current = consumer;
                consumer.subscribe(List.of(Topics.RUN_EVENTS));
                read(consumer);
            } catch (WakeupException asked) {
                LOG.debug("the reader of run events is asked to stop");
            } catch (RuntimeException trouble) {
                LOG.warn("cannot take run events, trying again", trouble);
                stopped(PAUSE);
            } finally {
                reading = false;
                current = null;
            }
        }
    }

    private void read(KafkaConsumer<String, RunEvent> consumer) {
        PendingReports pending = new PendingReports();
        while (!stopped(Duration.ZERO)) {
            try {
                ConsumerRecords<String, RunEvent> records = consumer.poll(pending.isEmpty() ? POLL : SHORT_POLL);
                reading = true;
                take(records, pending);
                if (pending.isDue(System.nanoTime())) {
                    runs.apply(pending.take());
                    // only now: nothing that was read is kept in memory alone any more
                    consumer.commitSync();
                }
            } catch (RecordDeserializationException unreadable) {
                if (PoisonCheck.isPoison(unreadable)) {
                    park(unreadable);
                    consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
                } else {
                    LOG.warnf("the schema registry is not reachable, waiting: %s", unreadable);
                    stopped(PAUSE);
                }
            }
        }
    }

    private static void take(ConsumerRecords<String, RunEvent> records, PendingReports pending) {
        for (ConsumerRecord<String, RunEvent> record : records) {
            if (record.value() != null) {
                RunEventMapping.report(record.value()).ifPresent(report -> pending.add(report, System.nanoTime()));
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
