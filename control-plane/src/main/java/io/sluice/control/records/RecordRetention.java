package io.sluice.control.records;

import java.time.Duration;
import java.time.Instant;

/** How long the records of a run can be asked for (TRK-5, TRK-11, TRK-12, AC-17). */
public final class RecordRetention {
    /** On the platform's own storage, from when the run was made. */
    public static final Duration PLATFORM = Duration.ofDays(14);

    private RecordRetention() {}

    /**
     * Whether the records are gone.
     *
     * @param ownBucket whether the run is tracked in a bucket of the customer, which nobody sweeps but the customer
     */
    public static boolean isOver(Instant runCreatedAt, boolean ownBucket, Instant now) {
        return !ownBucket && runCreatedAt.plus(PLATFORM).isBefore(now);
    }
}
