package io.sluice.testsupport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for a condition instead of sleeping and hoping. */
public final class Eventually {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private Eventually() {}

    /** An assertion that may throw anything; an {@link AssertionError} means "not yet". */
    @FunctionalInterface
    public interface Assertion {
        /** Asserts. */
        void run() throws Exception;
    }

    /**
     * Repeats the assertion until it holds. Any other exception ends the wait at once: it is a failure and not a "not
     * yet".
     *
     * @throws AssertionError the last one seen, when the time is over
     */
    public static void eventually(Duration within, Assertion assertion) {
        long deadline = System.nanoTime() + within.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(
                            "Still so after " + within.toMillis() + " ms: " + notYet.getMessage(), notYet);
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The assertion failed for another reason", e);
            }
            pause(pause);
        }
    }

    /**
     * Asks until there is an answer, and returns it.
     *
     * @param what names the awaited thing in the failure message
     * @throws AssertionError when the time is over
     */
    public static <T> T await(String what, Duration within, Callable<Optional<T>> question) {
        Object[] answer = new Object[1];
        eventually(within, () -> {
            Optional<T> now = question.call();
            if (now.isEmpty()) {
                throw new AssertionError("no " + what);
            }
            answer[0] = now.get();
        });
        @SuppressWarnings("unchecked") // set by the assertion above from an Optional<T>
        T result = (T) answer[0];
        return result;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", e);
        }
    }
}
