package io.sluice.loader.kafka;

import java.time.Duration;

/**
 * How a lane is.
 *
 * @param destinationId its destination
 * @param alive whether its thread lives
 * @param silence since its loop last went round
 * @param partitions how many partitions it holds
 * @param lastError why its last session ended, empty when the present one works
 * @param standsBack whether another process of the same name has taken over, and this one only waits for its end
 */
public record LaneStatus(
        long destinationId, boolean alive, Duration silence, int partitions, String lastError, boolean standsBack) {

    /** Sessions may take this long to begin while a broker comes back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Whether it works. */
    public boolean healthy() {
        return alive && !standsBack && silence.compareTo(PATIENCE) < 0;
    }
}
