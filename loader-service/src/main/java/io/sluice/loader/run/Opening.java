package io.sluice.loader.run;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.contract.StageError;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.dispatch.DispatchErrors;
import io.sluice.loader.dispatch.Dispatcher;
import io.sluice.loader.retry.HaltSignal;
import io.sluice.loader.retry.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections and writers. A destination that is away for the moment is tried again as often and as patiently as a
 * call to it would be (RTY-5, RTY-11); what is wrong with the settings stays wrong and is said at once.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** While waiting, the halt signal is asked this often. */
    private static final Duration NAP = Duration.ofMillis(100);

    private final Dispatcher.Tools tools;
    private final HaltSignal halt;

    /**
     * Makes an opening.
     *
     * @param tools says how patient to be
     * @param halt asked while waiting
     */
    Opening(Dispatcher.Tools tools, HaltSignal halt) {
        this.tools = Objects.requireNonNull(tools, "tools");
        this.halt = Objects.requireNonNull(halt, "halt");
    }

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {
        /** Opens it, or says why not. */
        T open() throws ConnectorException;
    }

    /** What came of it. */
    sealed interface Result<T> {}

    /** It is open. */
    record Opened<T>(T value) implements Result<T> {}

    /** It cannot be opened, and the run cannot go on. */
    record Failed<T>(StageError error) implements Result<T> {}

    /** The run ended while this waited for the destination. */
    record Ended<T>() implements Result<T> {}

    /**
     * Tries until it is open, cannot be opened, or nobody needs it any more.
     *
     * @throws AbandonedException when the halt signal says so, or the thread was interrupted
     */
    <T> Result<T> open(Attempt<T> attempt) throws AbandonedException {
        for (int retries = 0; ; retries++) {
            ConnectorError error;
            try {
                return new Opened<>(attempt.open());
            } catch (ConnectorException refused) {
                error = refused.error();
            }
            if (error.fault() != ConnectorError.Fault.EXTERNAL) {
                return new Failed<>(new StageError(error.code(), error.message()));
            }
            Optional<Duration> wait = wait(retries);
            if (wait.isEmpty()) {
                return new Failed<>(DispatchErrors.neverOpened(error, retries));
            }
            LOG.info("the destination cannot be opened ({}), which is tried again", error.code());
            if (!pause(wait.get())) {
                return new Ended<>();
            }
        }
    }

    private Optional<Duration> wait(int retries) {
        return switch (tools.retries()
                .next(retries, Duration.ZERO, tools.random().nextDouble())) {
            case RetryPolicy.Again(Duration after) -> Optional.of(after);
            case RetryPolicy.GiveUp giveUp -> Optional.empty();
        };
    }

    /** False when the run has ended meanwhile. */
    private boolean pause(Duration wait) throws AbandonedException {
        long until = tools.time().nanos() + wait.toNanos();
        while (Dispatcher.goesOn(halt)) {
            long left = until - tools.time().nanos();
            if (left <= 0) {
                return true;
            }
            try {
                tools.time().sleep(Duration.ofNanos(Math.min(left, NAP.toNanos())));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AbandonedException();
            }
        }
        return false;
    }
}
