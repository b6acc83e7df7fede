package io.sluice.extractor.kafka;

import io.sluice.contract.RunEvent;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.extractor.read.DifferPace;
import io.sluice.extractor.read.Headway;
import io.sluice.extractor.read.RecordOutput;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes one extraction through the process's shared producer. Used by one thread; callbacks come on another. */
final class KafkaRecordOutput implements RecordOutput {
    private final KafkaProducer<String, SpecificRecord> producer;
    private final DifferPace pace;
    private final Headway headway = new Headway();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    KafkaRecordOutput(KafkaProducer<String, SpecificRecord> producer, DifferPace pace) {
        this.producer = producer;
        this.pace = pace;
    }

    @Override
    public void send(long syncId, int partition, SourceRecordsEvent event) {
        sendRows(syncId, partition, event, 0);
    }

    @Override
    public void sendRows(long syncId, int partition, SourceRecordsEvent rows, long work) {
        rethrow();
        headway.sent(work);
        try {
            producer.send(
                    new ProducerRecord<>(Topics.SOURCE_RECORDS, partition, Long.toString(syncId), rows),
                    (stored, failed) -> {
                        if (failed == null) {
                            headway.stored(partition, stored.offset(), work);
                        } else {
                            failure.compareAndSet(null, failed);
                        }
                    });
        } catch (KafkaException failed) {
            throw new OutputFailed(failed);
        }
    }

    @Override
    public void keepPace(BooleanSupplier wanted) {
        pace.keep(headway, () -> failure.get() == null && wanted.getAsBoolean());
    }

    @Override
    public void flush() {
        try {
            producer.flush();
        } catch (KafkaException failed) {
            throw new OutputFailed(failed);
        }
        rethrow();
    }

    @Override
    public void progress(long syncRunId, long records) {
        producer.send(new ProducerRecord<>(
                Topics.RUN_EVENTS,
                Long.toString(syncRunId),
                new RunEvent(new StageProgress(syncRunId, Stage.EXTRACT, -1, records, null))));
    }

    private void rethrow() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new OutputFailed(failed);
        }
    }
}
