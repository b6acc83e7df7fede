package io.sluice.loader.kafka;

import io.sluice.contract.OperationsEvent;
import io.sluice.loader.rate.CallPacer;
import io.sluice.loader.run.LaneContext;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What a lane's session works with.
 *
 * @param topic the lane's operations topic
 * @param context what the partitions share
 * @param pacer the lane's pacer, told which share of the partitions is held
 * @param held how many partitions are held
 * @param parked where unreadable messages go
 * @param progress where progress is told
 * @param suspects messages the engine broke over
 * @param clients makes a serializer when a message that was read must be parked
 * @param revokePatience how long a call under way may take when its partition moves
 */
record LaneParts(
        String topic,
        LaneContext context,
        CallPacer pacer,
        AtomicInteger held,
        ParkedMessages parked,
        ProgressEvents progress,
        Suspects suspects,
        KafkaClients clients,
        Duration revokePatience) {
    static final String SERVICE = "loader";

    String workerName(TopicPartition partition) {
        return "loader-" + partition;
    }

    /** Partitions have come or gone. */
    void hold(int partitions, int ofAll) {
        held.set(partitions);
        pacer.share(ofAll == 0 ? 1 : (double) partitions / ofAll);
    }

    void parkReadable(TopicPartition partition, ConsumerRecord<String, OperationsEvent> record) {
        byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        byte[] value = null;
        if (record.value() != null) {
            try (Serializer<OperationsEvent> serializer = clients.serializer()) {
                value = serializer.serialize(partition.topic(), record.value());
            }
        }
        String reason = value == null ? "the message is empty" : "the loader broke over this message three times";
        parked.park(SERVICE, partition, record.offset(), key, value, reason);
    }

    String keyOf(RecordDeserializationException unreadable) {
        ByteBuffer key = unreadable.keyBuffer();
        return key == null
                ? null
                : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
    }
}
