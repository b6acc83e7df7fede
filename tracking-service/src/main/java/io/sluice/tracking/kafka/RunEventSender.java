package io.sluice.tracking.kafka;

import io.sluice.contract.LoadEnded;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.tracking.ledger.RunProgress;
import io.sluice.tracking.partition.Announcements;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Run events of one partition; the producer is shared. */
final class RunEventSender implements Announcements {
    private static final long PATIENCE_SECONDS = 30;

    private final Producer<String, RunEvent> producer;
    private final int partition;

    RunEventSender(Producer<String, RunEvent> producer, int partition) {
        this.producer = producer;
        this.partition = partition;
    }

    @Override
    public void announce(List<RunProgress> progress, List<LoadEnded> ended) {
        List<Future<?>> sent = new ArrayList<>();
        for (RunProgress run : progress) {
            sent.add(send(
                    run.syncRunId(), new StageProgress(run.syncRunId(), Stage.TRACK, partition, run.rows(), null)));
        }
        for (LoadEnded end : ended) {
            sent.add(send(end.getSyncRunId(), ended(end)));
        }
        sent.forEach(RunEventSender::await);
    }

    private PartitionEnded ended(LoadEnded end) {
        return PartitionEnded.newBuilder()
                .setSyncRunId(end.getSyncRunId())
                .setStage(Stage.TRACK)
                .setPartition(partition)
                .setState(end.getState())
                .setDiff(end.getDiff())
                .setLoad(end.getLoad())
                .setError(end.getError())
                .build();
    }

    private Future<?> send(long syncRunId, Object event) {
        return producer.send(new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(syncRunId), new RunEvent(event)));
    }

    private static void await(Future<?> sent) {
        try {
            sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("run events were not acknowledged", failed);
        }
    }
}
