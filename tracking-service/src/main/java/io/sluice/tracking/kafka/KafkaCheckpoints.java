package io.sluice.tracking.kafka;

import io.sluice.tracking.ledger.Checkpoint;
import io.sluice.tracking.ledger.CheckpointCodec;
import io.sluice.tracking.partition.Checkpoints;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Checkpoints as committed offsets. The broker refuses the commit of a member who has lost the partition. */
final class KafkaCheckpoints implements Checkpoints {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Consumer<?, ?> consumer;
    private final TopicPartition partition;
    private final CheckpointCodec codec;

    KafkaCheckpoints(Consumer<?, ?> consumer, TopicPartition partition, CheckpointCodec codec) {
        this.consumer = consumer;
        this.partition = partition;
        this.codec = codec;
    }

    /** The checkpoint of a partition; {@code committed} is null when nobody has worked on it. */
    static Checkpoint read(
            Consumer<?, ?> consumer, TopicPartition partition, OffsetAndMetadata committed, CheckpointCodec codec) {
        return committed == null
                ? Checkpoint.start(consumer.position(partition))
                : codec.decode(committed.offset(), committed.metadata());
    }

    @Override
    public void commit(Checkpoint checkpoint, Set<Long> needed) {
        OffsetAndMetadata offset = new OffsetAndMetadata(checkpoint.position(), codec.encode(checkpoint, needed));
        consumer.commitSync(Map.of(partition, offset), PATIENCE);
    }
}
