package io.sluice.support.kafka;

import com.microsoft.kiota.ApiException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RecordDeserializationException;

/** Tells a message nobody can read from a registry nobody can reach: the first is parked, the second is waited for. */
public final class PoisonCheck {
    private static final int DEEPEST = 20;
    private static final int SERVER_ERROR = 500;

    private PoisonCheck() {}

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
