package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.StateId;
import io.sluice.connector.source.SyncLog;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import io.sluice.extractor.commit.StateWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the source, again and again while the trouble may pass, for at most the configured patience: other syncs wait
 * behind it in the same partition. Thread-safe.
 */
final class SourceStateWriter implements StateWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SourceStateWriter.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The process ends: nothing is given up, the outcomes are read again by whoever comes next. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SourceOpening sources;
    private final Duration patience;
    private final CountDownLatch stopped = new CountDownLatch(1);

    SourceStateWriter(SourceOpening sources, Duration patience) {
        this.sources = sources;
        this.patience = patience;
    }

    @Override
    public Optional<StageError> apply(
            RunPlan plan, LogPosition position, List<AcceptedChange> changes, Optional<SyncLog> log) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try (SourceConnection source = sources.open(plan)) {
                source.bookkeeping()
                        .orElseThrow(
                                () -> new IllegalStateException("a source that keeps no state has a run that does"))
                        .apply(new StateId(plan.getWorkspaceId(), plan.getSyncId()), position, changes, log);
                return Optional.empty();
            } catch (ConnectorException failed) {
                ConnectorError error = failed.error();
                if (error.fault() != ConnectorError.Fault.EXTERNAL || System.nanoTime() > deadline) {
                    LOG.warn(
                            "the state of sync run {} could not be saved in its source: {}",
                            plan.getSyncRunId(),
                            error.code());
                    return Optional.of(new StageError(error.code(), error.message()));
                }
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void rest(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    void stop() {
        stopped.countDown();
    }
}
