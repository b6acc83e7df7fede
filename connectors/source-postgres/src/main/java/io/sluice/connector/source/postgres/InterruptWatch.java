package io.sluice.connector.source.postgres;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a session when the thread that reads from it is interrupted while it waits for the server: a wait in a socket
 * does not end by itself. One virtual thread per read, ended by {@link #close}.
 */
final class InterruptWatch implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;

    private final CountDownLatch done = new CountDownLatch(1);

    private InterruptWatch() {}

    /** Watches the calling thread. */
    static InterruptWatch over(Session session) {
        InterruptWatch watch = new InterruptWatch();
        Thread reader = Thread.currentThread();
        Thread.ofVirtual().name("source-postgres-interrupt-watch").start(() -> watch.run(reader, session));
        return watch;
    }

    private void run(Thread reader, Session session) {
        try {
            while (!done.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (reader.isInterrupted()) {
                    session.cancel();
                    return;
                }
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
