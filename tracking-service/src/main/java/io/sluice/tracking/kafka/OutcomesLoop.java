package io.sluice.tracking.kafka;

import io.sluice.bucket.StorageException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session running: when one ends by an error nobody foresaw (Kafka away, fenced by another replica of the same name)
 * the next begins after a pause. Starts and stops once.
 */
final class OutcomesLoop {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomesLoop.class);

    private final SessionMaker sessions;
    private final TrackingStatus status;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("tracking-outcomes").unstarted(this::run);

    /** Makes a session; may block until Kafka and the bucket answer. */
    @FunctionalInterface
    interface SessionMaker {
        OutcomesSession make() throws StorageException;
    }

    OutcomesLoop(SessionMaker sessions, TrackingStatus status, Duration longestPause) {
        this.sessions = sessions;
        this.status = status;
        this.backoff = new Backoff(longestPause);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks the loop to write what it has and leave; waits for it. */
    void stop(Duration patience) throws InterruptedException {
        stopping.countDown();
        if (!thread.join(patience)) {
            LOG.warn(
                    "the consumer did not stop within {} s; what it has not written is read again",
                    patience.toSeconds());
        }
    }

    private void run() {
        while (!stopped(Duration.ZERO)) {
            try (OutcomesSession session = sessions.make()) {
                session.join();
                while (!stopped(Duration.ZERO)) {
                    session.turn();
                    backoff.reset();
                }
                session.flush();
            } catch (StorageException | RuntimeException failed) {
                Duration pause = backoff.next();
                status.broken(failed instanceof StorageException ? failed.getMessage() : failed.toString());
                LOG.error("tracking begins again in {} ms", pause.toMillis(), failed);
                if (stopped(pause)) {
                    return;
                }
            }
        }
    }

    private boolean stopped(Duration within) {
        try {
            status.turned();
            return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
