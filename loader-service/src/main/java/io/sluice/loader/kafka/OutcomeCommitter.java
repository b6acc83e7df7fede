package io.sluice.loader.kafka;

import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.Topics;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.position.PositionCodec;
import io.sluice.loader.run.Finished;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes and positions in one transaction: an outcome is there exactly if the operations it answers are done. Used
 * by the lane's thread.
 */
final class OutcomeCommitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeCommitter.class);

    private final KafkaProducer<String, OutcomesEvent> producer;
    private final LaneHooks hooks;

    OutcomeCommitter(KafkaProducer<String, OutcomesEvent> producer, LaneHooks hooks) {
        this.producer = producer;
        this.hooks = hooks;
    }

    /**
     * One transaction for everything given. An outcome goes to the partition of the same number.
     *
     * @return false when the group is being rebalanced and the same work must be offered again after the next poll
     * @throws RuntimeException when it is not known whether the transaction went through: only a new producer can tell
     */
    boolean commit(Map<TopicPartition, List<Finished>> work, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            work.forEach((partition, finished) -> {
                for (Finished part : finished) {
                    for (Finished.Message message : part.messages()) {
                        producer.send(new ProducerRecord<>(
                                Topics.OUTCOMES, partition.partition(), message.key(), message.event()));
                    }
                }
                offsets.put(partition, offset(finished.getLast().position()));
            });
            producer.sendOffsetsToTransaction(offsets, group);
        } catch (CommitFailedException | RebalanceInProgressException rebalancing) {
            LOG.debug("the group is being rebalanced, {} partitions wait", work.size());
            producer.abortTransaction();
            return false;
        }
        hooks.beforeCommit(outcomeMessages(work));
        producer.commitTransaction();
        return true;
    }

    private static long outcomeMessages(Map<TopicPartition, List<Finished>> work) {
        return work.values().stream()
                .flatMap(List::stream)
                .flatMap(part -> part.messages().stream())
                .filter(message -> message.event().getEvent() instanceof OutcomeBatch)
                .count();
    }

    private static OffsetAndMetadata offset(PartitionPosition position) {
        return new OffsetAndMetadata(position.offset(), Optional.empty(), PositionCodec.encode(position));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
