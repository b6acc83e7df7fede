package io.sluice.control.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.QuarantineKey;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.Topics;
import io.sluice.control.quarantine.QuarantinedRecords;
import io.sluice.control.quarantine.QuarantinedRecords.Change;
import io.sluice.control.quarantine.QuarantinedRecords.Entry;
import io.sluice.support.kafka.KafkaClients;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads which records are in quarantine. */
@Singleton
public class QuarantineConsumer {
    private static final Logger LOG = Logger.getLogger(QuarantineConsumer.class);
    private static final String GROUP = "sluice.control-plane.quarantine";

    private final TopicReader<QuarantinedRecord> reader;

    public QuarantineConsumer(KafkaClients clients, OutboxRelay relay, QuarantinedRecords records) {
        this.reader = new TopicReader<>(clients, relay, Topics.QUARANTINE, GROUP, () -> new Changes(records));
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        reader.stop();
    }

    private record Changes(QuarantinedRecords records) implements TopicReader.Taker<QuarantinedRecord> {

        @Override
        public boolean take(ConsumerRecords<String, QuarantinedRecord> messages) {
            List<Change> changes = new ArrayList<>();
            for (ConsumerRecord<String, QuarantinedRecord> message : messages) {
                QuarantineKey.parse(message.key())
                        .ifPresentOrElse(
                                key -> changes.add(new Change(
                                        key.syncId(),
                                        key.identifier(),
                                        Optional.ofNullable(message.value()).map(Changes::entry))),
                                () -> LOG.warnf("ignored a message of no sync at offset %d", message.offset()));
            }
            if (!changes.isEmpty()) {
                records.apply(changes);
            }
            return !messages.isEmpty();
        }

        private static Entry entry(QuarantinedRecord record) {
            return new Entry(
                    record.getIdentifier(),
                    record.getOperation().name().toLowerCase(Locale.ROOT),
                    record.getFailures(),
                    record.getLastFailedRun(),
                    Optional.ofNullable(record.getReason()),
                    record.getFailingSince());
        }

        @Override
        public boolean waiting() {
            return false;
        }
    }
}
