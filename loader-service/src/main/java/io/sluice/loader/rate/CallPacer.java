package io.sluice.loader.rate;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Lets calls of one lane through: a token bucket for the connection's rate limit (RTY-7, RTY-8) and a hold for when the
 * destination asked everybody to wait (RTY-4). It never waits itself: it says how long to wait. Thread-safe.
 */
public final class CallPacer {
    private static final double NANOS_PER_SECOND = 1e9;

    private final OptionalDouble processLimit;
    private OptionalDouble callsPerSecond;
    private double share = 1;
    private double tokens;
    private long refilledAt;
    private long heldUntil;

    /**
     * Makes a pacer.
     *
     * @param callsPerSecond the operator's limit over all replicas, or empty for none; above 0
     * @param now monotonic nanoseconds
     */
    public CallPacer(OptionalDouble callsPerSecond, long now) {
        callsPerSecond.ifPresent(limit -> {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("calls per second must be above 0, not " + limit);
            }
        });
        this.processLimit = callsPerSecond;
        this.callsPerSecond = callsPerSecond;
        this.tokens = 1;
        this.refilledAt = now;
        this.heldUntil = now;
    }

    /** What the connection's settings allow, over all replicas (RTY-7); the operator's limit holds besides. */
    public synchronized void limit(OptionalDouble ofConnection) {
        callsPerSecond = processLimit.isPresent() && ofConnection.isPresent()
                ? OptionalDouble.of(Math.min(processLimit.getAsDouble(), ofConnection.getAsDouble()))
                : processLimit.isPresent() ? processLimit : ofConnection;
    }

    /** The fraction of the limit this replica may use: the fraction of the topic's partitions that it holds. */
    public synchronized void share(double fraction) {
        this.share = Math.clamp(fraction, 0, 1);
    }

    /** Nobody calls before {@code wait} has passed. A shorter hold never ends a longer one. */
    public synchronized void hold(long now, Duration wait) {
        long until = now + wait.toNanos();
        if (until - heldUntil > 0) {
            heldUntil = until;
        }
    }

    /** Takes permission for one call; zero: go ahead. Otherwise wait that many nanoseconds and ask again. */
    public synchronized long tryAcquire(long now) {
        if (heldUntil - now > 0) {
            return heldUntil - now;
        }
        if (callsPerSecond.isEmpty()) {
            return 0;
        }
        double rate = callsPerSecond.getAsDouble() * share / NANOS_PER_SECOND;
        if (rate <= 0) {
            return Duration.ofSeconds(1).toNanos();
        }
        // a burst of at most a tenth of a second, so that a limit per second is kept in every second
        double burst = Math.max(1, rate * NANOS_PER_SECOND / 10);
        tokens = Math.min(burst, tokens + (now - refilledAt) * rate);
        refilledAt = now;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) / rate));
    }
}
