package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import io.sluice.contract.Topics;
import io.sluice.extractor.commit.CommitReports;
import io.sluice.extractor.commit.PartitionCommitter;
import io.sluice.extractor.commit.StateWriter;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves what an earlier run could not: reads the outcomes of one sync again, from the log, and applies them before the next
 * diff is made (AC-22). What was saved already is told apart by its position. Outcomes that the log no longer holds are
 * sent again by the diff, because the state does not know them.
 */
record OutcomeRedo(KafkaClients clients, LongFunction<Optional<RunPlan>> plans, StateWriter writer) {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRedo.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * Makes up for earlier runs, when the plan says that there is something to make up for.
     *
     * @throws ConnectorException when the source still cannot save it
     * @throws KafkaException when the outcomes cannot be read now
     */
    void before(RunPlan plan) throws ConnectorException {
        Instant since = plan.getRedoOutcomesSince();
        if (since == null || plan.getForgetState()) {
            return;
        }
        LOG.info("outcomes of sync {} since {} are saved before run {}", plan.getSyncId(), since, plan.getSyncRunId());
        Failure failure = new Failure();
        Map<Integer, PartitionCommitter> committers = new HashMap<>();
        Map<String, Object> config = clients.consumerConfig();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-redo-" + plan.getSyncRunId());
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
                Deserializer<OutcomesEvent> values = clients.deserializer()) {
            Map<TopicPartition, Long> ends = begin(consumer, since);
            String key = Long.toString(plan.getSyncId());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (key.equals(record.key())) {
                        PartitionCommitter committer = committers.computeIfAbsent(
                                record.partition(),
                                partition -> new PartitionCommitter(partition, plans, writer, failure));
                        decoded(record, values)
                                .ifPresent(
                                        event -> committer.take(plan.getSyncId(), record.offset(), event.getEvent()));
                    }
                }
            }
        }
        committers.values().forEach(PartitionCommitter::applyAll);
        failure.throwIfAny();
    }

    /** The event of a message. One that nobody can read was parked when it came; its records are sent again. */
    private static Optional<OutcomesEvent> decoded(
            ConsumerRecord<String, byte[]> record, Deserializer<OutcomesEvent> values) {
        try {
            return Optional.of(values.deserialize(record.topic(), record.headers(), record.value()));
        } catch (RuntimeException unreadable) {
            if (PoisonCheck.isTrouble(unreadable)) {
                throw new KafkaException("the schema of an outcome cannot be read now", unreadable);
            }
            LOG.error(
                    "an unreadable outcome at {} of partition {} is passed over", record.offset(), record.partition());
            return Optional.empty();
        }
    }

    private static Map<TopicPartition, Long> begin(KafkaConsumer<String, byte[]> consumer, Instant since) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.OUTCOMES).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli())));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp at = found.get(partition);
            consumer.seek(partition, at == null ? ends.get(partition) : at.offset());
        }
        return ends;
    }

    private static final class Failure implements CommitReports {
        private Optional<StageError> error = Optional.empty();

        @Override
        public void committed(int partition, LoadEnded ended) {
            // the control plane has had its word on that run
        }

        @Override
        public void gaveUp(int partition, long syncRunId, EndState state, StageError why) {
            error = Optional.of(why);
        }

        void throwIfAny() throws ConnectorException {
            if (error.isPresent()) {
                throw new ConnectorException(new ConnectorError(
                        error.get().getCode(),
                        ConnectorError.Fault.EXTERNAL,
                        error.get().getMessage()));
            }
        }
    }
}
