package io.sluice.tracking.kafka;

import io.sluice.contract.LoadEnded;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.RunStarted;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.PoisonCheck;
import io.sluice.tracking.partition.OutcomeMessage;
import io.sluice.tracking.row.OutcomeRows;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bytes to messages. Decoding is not left to the Kafka client: its poll would stop all partitions at one unreadable message.
 * Not thread-safe.
 */
final class OutcomeReader implements AutoCloseable {
    private static final int DEEPEST = 20;

    private final Deserializer<OutcomesEvent> deserializer;

    OutcomeReader(Deserializer<OutcomesEvent> deserializer) {
        this.deserializer = deserializer;
    }

    /** What a message is found to be. */
    sealed interface Reading {
        /** A message that can be tracked. */
        record Readable(OutcomeMessage message) implements Reading {}

        /** A message nobody can read; it is parked. */
        record Poison(String reason) implements Reading {}
    }

    /**
     * Reads one message.
     *
     * @throws RuntimeException when the message is not at fault: try again later
     */
    Reading read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return new Reading.Poison("a message without a value");
        }
        try {
            OutcomesEvent event = deserializer.deserialize(Topics.OUTCOMES, record.headers(), record.value());
            return switch (event.getEvent()) {
                case RunStarted started -> new Reading.Readable(new OutcomeMessage.RunOpened(started.getSyncRunId()));
                case OutcomeBatch batch ->
                    new Reading.Readable(new OutcomeMessage.RowsDecided(batch.getSyncRunId(), OutcomeRows.of(batch)));
                case LoadEnded ended -> new Reading.Readable(new OutcomeMessage.RunClosed(ended));
                case null, default -> new Reading.Poison("an event of a kind this release does not know");
            };
        } catch (RuntimeException unreadable) {
            if (isTrouble(unreadable)) {
                throw unreadable;
            }
            return new Reading.Poison(describe(unreadable));
        }
    }

    /** Class names only: messages of decoders may quote what they read. */
    private static String describe(RuntimeException unreadable) {
        Throwable root = unreadable;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        return "TRACKING_MESSAGE_UNREADABLE: " + unreadable.getClass().getSimpleName() + ", "
                + root.getClass().getSimpleName()
                + ". The message is no outcome of a schema in the registry; find who writes to the topic";
    }

    /** Whether the message is not at fault: the registry cannot be reached, or this process is put together wrongly. */
    private static boolean isTrouble(Throwable failure) {
        return PoisonCheck.isTrouble(failure) || hasWrongLoader(failure);
    }

    private static boolean hasWrongLoader(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof ClassCastException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
