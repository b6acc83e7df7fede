package io.sluice.loader.retry;

import java.time.Duration;
import java.time.Instant;

/** Time as the engine sees it. Thread-safe. */
public interface TimeSource {

    /** Wall clock, for the time stamps of outcomes. */
    Instant now();

    /** Monotonic nanoseconds, for waiting. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's time. */
    static TimeSource system() {
        return new TimeSource() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }
}
