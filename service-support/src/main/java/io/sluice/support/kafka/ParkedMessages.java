package io.sluice.support.kafka;

import io.sluice.contract.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks messages nobody can read in {@link Topics#PARKED}, with where they come from and why, so that they are visible and
 * never stop a service in a loop (architecture section 8). Thread-safe.
 */
public final class ParkedMessages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedMessages.class);

    private final KafkaProducer<byte[], byte[]> producer;

    public ParkedMessages(KafkaClients clients) {
        Map<String, Object> config = clients.producerConfig();
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Parks the message a consumer stumbled over; afterwards the consumer may seek past it. Blocks until acknowledged. */
    public void park(String service, RecordDeserializationException poison) {
        park(
                service,
                poison.topicPartition(),
                poison.offset(),
                bytes(poison.keyBuffer()),
                bytes(poison.valueBuffer()),
                String.valueOf(poison.getMessage()));
    }

    /** Parks one message by its parts. Blocks until acknowledged. */
    public void park(String service, TopicPartition origin, long offset, byte[] key, byte[] value, String reason) {
        ProducerRecord<byte[], byte[]> parked = new ProducerRecord<>(Topics.PARKED, key, value);
        header(parked, "sluice.service", service);
        header(parked, "sluice.origin.topic", origin.topic());
        header(parked, "sluice.origin.partition", Integer.toString(origin.partition()));
        header(parked, "sluice.origin.offset", Long.toString(offset));
        header(parked, "sluice.reason", reason);
        awaitStored(producer.send(parked), origin, offset);
        LOG.error("parked an unreadable message of {} at offset {}: {}", origin, offset, reason);
    }

    /** A message that cannot even be parked is not passed over silently: the caller fails and tries again. */
    private static void awaitStored(Future<RecordMetadata> sent, TopicPartition origin, long offset) {
        try {
            sent.get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "the unreadable message of " + origin + " at offset " + offset + " cannot be parked",
                    refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parking a message", interrupted);
        }
    }

    private static void header(ProducerRecord<byte[], byte[]> parked, String name, String value) {
        parked.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    @Override
    public void close() {
        producer.close();
    }
}
