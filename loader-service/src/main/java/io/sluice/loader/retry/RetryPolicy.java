package io.sluice.loader.retry;

import java.time.Duration;
import java.util.Objects;

/**
 * Exponential backoff with full jitter (RTY-1, RTY-4, RTY-5, RTY-11). What the destination asks for is a minimum.
 *
 * @param maximumRetries how often the same operations are sent again after the first try, 0 or more
 * @param baseDelay upper bound of the first wait; doubles with each retry
 * @param maximumDelay upper bound of any wait the destination did not ask for
 * @param longestWait when the destination asks for more than this, giving up is kinder than keeping a run open
 */
public record RetryPolicy(int maximumRetries, Duration baseDelay, Duration maximumDelay, Duration longestWait) {

    /** RTY-5's seven retries, half a second doubling up to thirty. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(7, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(15));

    public RetryPolicy {
        Objects.requireNonNull(baseDelay, "baseDelay");
        Objects.requireNonNull(maximumDelay, "maximumDelay");
        Objects.requireNonNull(longestWait, "longestWait");
        if (maximumRetries < 0) {
            throw new IllegalArgumentException("maximumRetries must be 0 or more, not " + maximumRetries);
        }
        if (baseDelay.isNegative() || maximumDelay.compareTo(baseDelay) < 0) {
            throw new IllegalArgumentException("0 <= baseDelay <= maximumDelay must hold");
        }
    }

    /** What to do after a try that did not bring a final word. */
    public sealed interface Decision {}

    /** Send the same operations again after this long. */
    public record Again(Duration after) implements Decision {}

    /** No further try. */
    public record GiveUp() implements Decision {}

    /**
     * Decides about the next try.
     *
     * @param retriesDone retries so far, 0 after the first try
     * @param atLeast what the destination asked for, zero when it said nothing
     * @param random uniform in [0, 1)
     */
    public Decision next(int retriesDone, Duration atLeast, double random) {
        if (retriesDone >= maximumRetries || atLeast.compareTo(longestWait) > 0) {
            return new GiveUp();
        }
        double bound = Math.min(maximumDelay.toNanos(), baseDelay.toNanos() * Math.pow(2, retriesDone));
        Duration jittered = Duration.ofNanos((long) (bound * random));
        return new Again(jittered.compareTo(atLeast) > 0 ? jittered : atLeast);
    }
}
