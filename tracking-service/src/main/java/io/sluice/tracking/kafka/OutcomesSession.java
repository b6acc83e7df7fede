package io.sluice.tracking.kafka;

import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.tracking.ledger.Checkpoint;
import io.sluice.tracking.ledger.CheckpointCodec;
import io.sluice.tracking.partition.PartitionTracker;
import io.sluice.tracking.run.FileNumbers;
import io.sluice.tracking.run.RunFolders;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer's life, from joining the group to leaving it. Used by one thread. */
final class OutcomesSession implements AutoCloseable, ConsumerRebalanceListener {
    /** The consumer group all replicas share. */
    static final String GROUP = "sluice.tracking";

    private static final Logger LOG = LoggerFactory.getLogger(OutcomesSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final SessionSettings settings;
    private final RunFolders folders;
    private final AssignedPartition.Parking parking;
    private final TrackingStatus status;
    private final CheckpointCodec codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<String, RunEvent> producer;
    private final OutcomeReader reader;
    private final Map<TopicPartition, AssignedPartition> assigned =
            new TreeMap<>((left, right) -> Integer.compare(left.partition(), right.partition()));
    private int partitions;

    OutcomesSession(
            KafkaClients clients,
            SessionSettings settings,
            RunFolders folders,
            AssignedPartition.Parking parking,
            TrackingStatus status) {
        this.settings = settings;
        this.folders = folders;
        this.parking = parking;
        this.status = status;
        this.codec = new CheckpointCodec(settings.checkpointLength());
        this.reader = new OutcomeReader(clients.<OutcomesEvent>deserializer());
        this.producer = clients.producer();
        this.consumer = consumer(clients);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaClients clients) {
        Map<String, Object> config = clients.consumerConfig();
        config.put(CommonClientConfigs.GROUP_ID_CONFIG, GROUP);
        config.put(
                CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
                GROUP + "-" + clients.settings().instance());
        // a rebalance then moves only the partitions that must move, and the others keep their buffers
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void join() {
        partitions = consumer.partitionsFor(Topics.OUTCOMES).size();
        consumer.subscribe(List.of(Topics.OUTCOMES), this);
    }

    /** One turn: what has arrived, then what is due. */
    void turn() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            AssignedPartition owned = assigned.get(partition);
            if (owned != null) {
                owned.consume(records.records(partition));
            }
        }
        assigned.values().forEach(AssignedPartition::tick);
        status.turned();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(added));
        for (TopicPartition partition : added) {
            Checkpoint from = KafkaCheckpoints.read(consumer, partition, committed.get(partition), codec);
            assigned.put(partition, assign(partition, from));
            LOG.info("tracking {} from offset {}", partition, from.position());
        }
        status.joined();
    }

    private AssignedPartition assign(TopicPartition partition, Checkpoint from) {
        PartitionTracker tracker = new PartitionTracker(
                settings.cutPolicy(),
                from,
                new KafkaCheckpoints(consumer, partition, codec),
                folders.ofPartition(new FileNumbers(partition.partition(), partitions)),
                new RunEventSender(producer, partition.partition()),
                settings.clock());
        AssignedPartition.Retrying retrying = new AssignedPartition.Retrying(
                settings.clock(), new Backoff(settings.longestRetryPause()), settings.planPatience());
        return new AssignedPartition(partition, consumer, reader, tracker, parking, status, retrying);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
        for (TopicPartition partition : removed) {
            AssignedPartition owned = assigned.remove(partition);
            if (owned != null) {
                owned.release();
            }
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> removed) {
        for (TopicPartition partition : removed) {
            AssignedPartition owned = assigned.remove(partition);
            if (owned != null) {
                owned.forget();
            }
        }
    }

    /** Writes what is buffered. To be called before {@link #close} when the process stops in good order. */
    void flush() {
        onPartitionsRevoked(List.copyOf(assigned.keySet()));
    }

    @Override
    public void close() {
        assigned.clear();
        consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
        producer.close(CLOSE_PATIENCE);
        reader.close();
    }
}
