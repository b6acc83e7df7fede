package io.sluice.loader.kafka;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RecordDeserializationException;

/** Tells a message nobody can read from a registry nobody can reach: the first is parked, the second is waited for. */
final class PoisonCheck {
    private static final int DEEPEST = 20;

    private PoisonCheck() {}

    /** Whether the message itself is at fault. */
    static boolean isPoison(RecordDeserializationException unreadable) {
        Throwable cause = unreadable.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isTrouble(cause)) {
                return false;
            }
            cause = cause.getCause();
        }
        return true;
    }

    private static boolean isTrouble(Throwable cause) {
        return switch (cause) {
            case SocketException network -> true;
            case UnknownHostException unknown -> true;
            case ClosedChannelException closed -> true;
            case TimeoutException timeout -> true;
            case IOException io -> io.getClass().getName().startsWith("java.net.");
            default -> cause.getClass().getName().startsWith("io.vertx.");
        };
    }
}
