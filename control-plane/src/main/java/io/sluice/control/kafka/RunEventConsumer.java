package io.sluice.control.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Topics;
import io.sluice.control.run.PendingReports;
import io.sluice.control.trigger.RunService;
import io.sluice.support.kafka.KafkaClients;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Reads run events; progress waits a moment, so that many reports become one. */
@Singleton
public class RunEventConsumer {
    private static final String GROUP = "sluice.control-plane";

    private final TopicReader<RunEvent> reader;

    public RunEventConsumer(KafkaClients clients, OutboxRelay relay, RunService runs) {
        this.reader = new TopicReader<>(clients, relay, Topics.RUN_EVENTS, GROUP, () -> new Reports(runs));
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        reader.stop();
    }

    /** Whether events are being read. */
    public boolean reading() {
        return reader.reading();
    }

    private static final class Reports implements TopicReader.Taker<RunEvent> {
        private final RunService runs;
        private final PendingReports pending = new PendingReports();

        Reports(RunService runs) {
            this.runs = runs;
        }

        @Override
        public boolean take(ConsumerRecords<String, RunEvent> messages) {
            for (ConsumerRecord<String, RunEvent> message : messages) {
                if (message.value() != null) {
                    RunEventMapping.report(message.value()).ifPresent(report -> pending.add(report, System.nanoTime()));
                }
            }
            boolean due = pending.isDue(System.nanoTime());
            if (due) {
                runs.apply(pending.take());
            }
            return due;
        }

        @Override
        public boolean waiting() {
            return !pending.isEmpty();
        }
    }
}
