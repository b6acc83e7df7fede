package io.sluice.tracking.kafka;

import io.sluice.bucket.StorageException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something done in the background every so often, on a thread of its own; what fails is tried again next time. */
final class Chore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration interval;
    private final Work work;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** What is done. */
    @FunctionalInterface
    interface Work {
        void run() throws StorageException;
    }

    Chore(String name, Duration interval, Work work) {
        this.name = name;
        this.interval = interval;
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
    }

    Chore start() {
        thread.start();
        return this;
    }

    private void loop() {
        try {
            while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                attempt();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            work.run();
        } catch (StorageException failed) {
            LOG.warn("{} is tried again: {}", name, failed.getMessage());
        } catch (RuntimeException failed) {
            LOG.warn("{} is tried again", name, failed);
        }
    }

    /** Waits for what is under way, but not for long: it may be interrupted at any point. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (thread.isAlive() && !thread.join(STOP_PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
