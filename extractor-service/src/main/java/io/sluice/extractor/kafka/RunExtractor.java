package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.contract.EndState;
import io.sluice.contract.RunPlan;
import io.sluice.extractor.read.Extraction;
import io.sluice.extractor.read.RecordOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one sync run's source, attempt after attempt until Kafka has taken it all. Run by one thread. */
final class RunExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(RunExtractor.class);

    private final RunPlan plan;
    private final int partitions;
    private final SourceOpening sources;
    private final OutcomeRedo redo;
    private final Supplier<RecordOutput> outputs;
    private final Duration retryPause;
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile Optional<String> canceled = Optional.empty();
    private volatile Extraction current;

    RunExtractor(
            RunPlan plan,
            int partitions,
            SourceOpening sources,
            OutcomeRedo redo,
            Supplier<RecordOutput> outputs,
            Duration retryPause) {
        this.plan = plan;
        this.partitions = partitions;
        this.sources = sources;
        this.redo = redo;
        this.outputs = outputs;
        this.retryPause = retryPause;
    }

    /** Reads until the bracket is closed; true when it is, false when the run was let go. */
    boolean run() {
        while (letGo.getCount() > 0) {
            Extraction extraction = new Extraction(plan, partitions, this::openSource, outputs.get());
            current = extraction;
            canceled.ifPresent(extraction::cancel);
            try {
                Optional<EndState> end = extraction.run();
                if (end.isPresent()) {
                    LOG.info("sync run {} extracted: {}", plan.getSyncRunId(), end.get());
                    return true;
                }
            } catch (RecordOutput.OutputFailed failed) {
                LOG.warn("sync run {} is read again: {}", plan.getSyncRunId(), failed.getMessage());
                pause();
            }
        }
        return false;
    }

    void cancel(String reason) {
        canceled = Optional.of(reason);
        Extraction running = current;
        if (running != null) {
            running.cancel(reason);
        }
    }

    /** Another replica takes over, or this process ends. */
    void letGo() {
        letGo.countDown();
        Extraction running = current;
        if (running != null) {
            running.abandon();
        }
    }

    private void pause() {
        try {
            letGo.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            letGo.countDown();
        }
    }

    private SourceConnection openSource() throws ConnectorException {
        redo.before(plan);
        return sources.open(plan);
    }
}
