package io.sluice.extractor.kafka;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageError;
import io.sluice.contract.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Ends a run that has no plan. Without a plan no stage knows what to do with it, not even which topics its bracket would
 * travel through, so the extractor, who is told of it first, reports its end for all of them.
 */
final class MissingPlan {
    private MissingPlan() {}

    /** The failed ends of such a run, in every partition and of every stage whose end counts. */
    static List<PartitionEnded> ends(long syncRunId, int partitions) {
        StageError error = StageError.newBuilder()
                .setCode("RUN_PLAN_MISSING")
                .setMessage("The plan of sync run " + syncRunId
                        + " is not in Kafka, so nothing was read. This is Sluice's fault: trigger the sync again, and"
                        + " report it if it comes back.")
                .build();
        List<PartitionEnded> ends = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.EXTRACT && stage != Stage.LOAD) {
                for (int partition = 0; partition < partitions; partition++) {
                    ends.add(PartitionEnded.newBuilder()
                            .setSyncRunId(syncRunId)
                            .setStage(stage)
                            .setPartition(partition)
                            .setState(EndState.FAILED)
                            .setDiff(new DiffCounts(0L, 0L, 0L, 0L, 0L))
                            .setLoad(new LoadCounts(0L, 0L, 0L, 0L, 0L))
                            .setError(error)
                            .build());
                }
            }
        }
        return ends;
    }

    /** Tells the control plane. */
    static void report(KafkaProducer<String, SpecificRecord> producer, long syncRunId, int partitions) {
        for (PartitionEnded end : ends(syncRunId, partitions)) {
            producer.send(new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(syncRunId), new RunEvent(end)));
        }
        producer.flush();
    }
}
