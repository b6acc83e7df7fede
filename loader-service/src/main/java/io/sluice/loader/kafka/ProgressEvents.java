package io.sluice.loader.kafka;

import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.loader.run.Finished;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how far runs are, as totals, at most once a second per run and partition, and at the end. Outside of transactions:
 * a lost or doubled message does no harm. Thread-safe.
 */
final class ProgressEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressEvents.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final KafkaProducer<String, RunEvent> producer;
    private final ConcurrentMap<Key, Long> toldAt = new ConcurrentHashMap<>();

    private record Key(long syncRunId, int partition) {}

    ProgressEvents(KafkaProducer<String, RunEvent> producer) {
        this.producer = producer;
    }

    void tell(int partition, Finished.Progress progress) {
        Key key = new Key(progress.syncRunId(), partition);
        long now = System.nanoTime();
        Long last = toldAt.get(key);
        if (progress.last()) {
            toldAt.remove(key);
        } else if (last != null && now - last < INTERVAL_NANOS) {
            return;
        } else {
            toldAt.put(key, now);
        }
        RunEvent event =
                new RunEvent(new StageProgress(progress.syncRunId(), Stage.LOAD, partition, progress.answered(), null));
        producer.send(
                new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(progress.syncRunId()), event), (sent, failed) -> {
                    if (failed != null) {
                        LOG.debug("progress of run {} was not told: {}", progress.syncRunId(), failed.toString());
                    }
                });
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(5));
    }
}
