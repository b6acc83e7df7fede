package io.sluice.loader.dispatch;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.loader.rate.CallPacer;
import io.sluice.loader.retry.HaltSignal;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.retry.TimeSource;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Sends one batch to its end through one writer. A writer has one user at a time, and so has its dispatcher.
 *
 * @param writer the connector's writer
 * @param idempotent whether records with an unknown outcome may be sent again (ENG-14)
 * @param calls the connection's limit of calls at a time
 * @param tools what all dispatchers of a lane share
 */
public record Dispatcher(DestinationWriter writer, boolean idempotent, Semaphore calls, Tools tools) {

    /**
     * What all dispatchers of a lane share.
     *
     * @param retries when to try again
     * @param pacer lets calls through
     * @param time clock and sleeping
     * @param random jitter
     * @param metrics told about calls
     */
    public record Tools(
            RetryPolicy retries, CallPacer pacer, TimeSource time, RandomGenerator random, CallMetrics metrics) {}

    /**
     * Whether a wait goes on; false when the run has ended.
     *
     * @throws AbandonedException when the halt signal says so
     */
    public static boolean goesOn(HaltSignal halt) throws AbandonedException {
        return switch (halt.current()) {
            case NONE -> true;
            case END_RUN -> false;
            case ABANDON -> throw new AbandonedException();
        };
    }

    /**
     * Calls, retries and splits until each record has its final word, or the run has ended.
     *
     * @throws AbandonedException when {@code halt} says so, or the thread was interrupted: nothing is known of this batch
     */
    public DispatchResult dispatch(DestinationBatch batch, HaltSignal halt) throws AbandonedException {
        try {
            return new DispatchJob(this, batch, halt).run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AbandonedException();
        }
    }
}
