package io.sluice.tracking.kafka;

import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.tracking.bucket.Delays;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Delays as run events; the producer is made when the first is told. Thread-safe. */
final class DelayEvents implements Delays, AutoCloseable {
    private static final int OF_ALL_PARTITIONS = -1;
    private static final long PATIENCE_SECONDS = 30;

    private final KafkaClients clients;
    private KafkaProducer<String, RunEvent> producer;

    DelayEvents(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public void tell(long syncRunId, boolean delayed) {
        RunEvent event = new RunEvent(new StageProgress(syncRunId, Stage.TRACK, OF_ALL_PARTITIONS, 0L, delayed));
        try {
            producer()
                    .send(new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(syncRunId), event))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("a run event was not acknowledged", failed);
        }
    }

    private synchronized KafkaProducer<String, RunEvent> producer() {
        if (producer == null) {
            producer = clients.producer();
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
