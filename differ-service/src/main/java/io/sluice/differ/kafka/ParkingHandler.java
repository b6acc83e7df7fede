package io.sluice.differ.kafka;

import io.sluice.support.kafka.ParkedMessages;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Parks messages that cannot be read and goes on: a poison message never stops the differ. */
public final class ParkingHandler implements DeserializationExceptionHandler {
    /** Config key under which the {@link ParkedMessages} object is handed over. */
    static final String PARKED_MESSAGES = "sluice.parked.messages";

    private ParkedMessages parked;

    @Override
    public void configure(Map<String, ?> configs) {
        parked = (ParkedMessages) configs.get(PARKED_MESSAGES);
    }

    @Override
    public DeserializationHandlerResponse handle(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> poison, Exception reason) {
        parked.park(
                "differ",
                new TopicPartition(poison.topic(), poison.partition()),
                poison.offset(),
                poison.key(),
                poison.value(),
                String.valueOf(reason.getMessage()));
        return DeserializationHandlerResponse.CONTINUE;
    }
}
