package io.sluice.loader.testing;

import io.sluice.loader.retry.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by sleeping, and then at once. */
public final class FakeTime implements TimeSource {
    public static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** How long everybody has slept together. */
    public Duration slept() {
        return Duration.ofNanos(nanos.get());
    }
}
