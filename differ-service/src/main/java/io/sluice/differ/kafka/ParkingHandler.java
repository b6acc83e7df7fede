package io.sluice.differ.kafka;

import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Parks messages that nobody can read and goes on: a poison message never stops the differ. When the registry cannot be
 * reached the message is not at fault: the thread ends, and its successor reads it again.
 */
public final class ParkingHandler implements DeserializationExceptionHandler {
    /** Config key under which the {@link ParkedMessages} object is handed over. */
    static final String PARKED_MESSAGES = "sluice.parked.messages";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private ParkedMessages parked;

    @Override
    public void configure(Map<String, ?> configs) {
        parked = (ParkedMessages) configs.get(PARKED_MESSAGES);
    }

    @Override
    public DeserializationHandlerResponse handle(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> poison, Exception reason) {
        if (PoisonCheck.isTrouble(reason)) {
            pause();
            return DeserializationHandlerResponse.FAIL;
        }
        parked.park(
                "differ",
                new TopicPartition(poison.topic(), poison.partition()),
                poison.offset(),
                poison.key(),
                poison.value(),
                String.valueOf(reason.getMessage()));
        return DeserializationHandlerResponse.CONTINUE;
    }

    /** So that a registry that is away for long is not asked without a breath. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
