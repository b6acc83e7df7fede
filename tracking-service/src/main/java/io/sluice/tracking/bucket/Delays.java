package io.sluice.tracking.bucket;

/** Port to whoever tells users that a run's files wait. */
@FunctionalInterface
public interface Delays {

    /**
     * Tells whether files of a run wait for its bucket; returns when it is told durably.
     *
     * @throws RuntimeException when it could not be told; the caller calls again
     */
    void tell(long syncRunId, boolean delayed);
}
