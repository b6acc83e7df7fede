package io.sluice.extractor.read;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Keeps the runs of this replica from running far ahead of the differ. What is sent stands in the differ's partitions before
 * everything that comes later, so a run of a hundred rows would wait until the million before it are compared. The runs share
 * the allowance, and each has an eighth at least, so that a small one never waits for a large one's share.
 *
 * <p>When the differ stands still the log is the buffer, as it is for every other stage: a source should not be kept open for
 * as long as a differ may be away. Thread-safe.
 */
public final class DifferPace {
    private static final int SMALLEST_SHARE = 8;
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    /** Knows where the differ is. */
    @FunctionalInterface
    public interface Places {
        /** The offset before which everything is compared, by partition; empty when it cannot be asked now. */
        Optional<Map<Integer, Long>> ask();
    }

    private final Places differ;
    private final Duration standstill;
    private final long allowance;
    private final IntSupplier runs;
    private Map<Integer, Long> places = Map.of();
    private long askedAt = System.nanoTime() - ASK_EVERY.toNanos();
    private long movedAt = System.nanoTime();
    private boolean standing;

    /**
     * A pace for all runs of a process.
     *
     * @param allowance rows that may be on their way to the differ; nothing is held back when it is 0
     * @param runs tells how many runs are being read
     * @param standstill how long the differ may stay where it is before nobody waits for it any more
     */
    public DifferPace(Places differ, long allowance, IntSupplier runs, Duration standstill) {
        this.differ = differ;
        this.allowance = allowance;
        this.runs = runs;
        this.standstill = standstill;
    }

    /** Blocks while this reading is too far ahead, it is still wanted, the differ moves and nobody interrupts. */
    public void keep(Headway reading, BooleanSupplier wanted) {
        long since = System.nanoTime();
        while (isTooFar(reading)
                && wanted.getAsBoolean()
                && !Thread.currentThread().isInterrupted()) {
            reading.taken(ask());
            if (isTooFar(reading)) {
                if (standsStill(since)) {
                    return;
                }
                pause();
            }
        }
    }

    private boolean isTooFar(Headway reading) {
        int shares = Math.clamp(runs.getAsInt(), 1, SMALLEST_SHARE);
        return allowance > 0 && reading.ahead() > allowance / shares;
    }

    /** Once it is seen to stand still nobody waits any more, until it moves. */
    private synchronized boolean standsStill(long since) {
        long now = System.nanoTime();
        standing |= Math.min(now - since, now - movedAt) > standstill.toNanos();
        return standing;
    }

    /** Where the differ is, at most ten times a second. */
    private synchronized Map<Integer, Long> ask() {
        if (System.nanoTime() - askedAt < ASK_EVERY.toNanos()) {
            return places;
        }
        Map<Integer, Long> now = differ.ask().orElse(places);
        if (!now.equals(places)) {
            places = Map.copyOf(now);
            movedAt = System.nanoTime();
            standing = false;
        }
        askedAt = System.nanoTime();
        return places;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
