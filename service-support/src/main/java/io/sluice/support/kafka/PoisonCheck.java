package io.sluice.support.kafka;

import com.microsoft.kiota.ApiException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a message nobody can read from a registry nobody can reach: the first is parked, the second is waited for. */
public final class PoisonCheck {
    private static final int DEEPEST = 20;
    private static final int SERVER_ERROR = 500;

    private static final Logger LOG = LoggerFactory.getLogger(PoisonCheck.class);

    private PoisonCheck() {}

    /**
     * Sees to a message a consumer stumbled over. One that nobody can read is put aside and the consumer goes on behind it.
     * When it is the registry that is at fault, the consumer stays before the message and the caller is to wait a moment.
     *
     * @param aside what to do with a message that nobody can read, before it is passed over
     * @return whether it was passed over
     */
    public static boolean passOver(
            Consumer<?, ?> consumer,
            RecordDeserializationException unreadable,
            java.util.function.Consumer<RecordDeserializationException> aside) {
        if (!isPoison(unreadable)) {
            LOG.warn("the schema registry is not reachable, waiting: {}", unreadable.toString());
            return false;
        }
        aside.accept(unreadable);
        consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
        return true;
    }

    /** Whether the message itself is at fault. */
    public static boolean isPoison(RecordDeserializationException unreadable) {
        return !isTrouble(unreadable);
    }

    /** Whether reading failed because the registry cannot be reached: the message is not at fault, try again later. */
    public static boolean isTrouble(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (saysUnreachable(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean saysUnreachable(Throwable cause) {
        return switch (cause) {
            case SocketException network -> true;
            case UnknownHostException unknown -> true;
            case ClosedChannelException closed -> true;
            case TimeoutException timeout -> true;
            case InterruptedException stopping -> true;
            // the registry answers, and what it says is that it cannot answer
            case ApiException refused -> refused.getResponseStatusCode() >= SERVER_ERROR;
            case IOException io -> io.getClass().getName().startsWith("java.net.");
            default -> cause.getClass().getName().startsWith("io.vertx.");
        };
    }
}
