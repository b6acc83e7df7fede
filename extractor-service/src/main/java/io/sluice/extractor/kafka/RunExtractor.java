package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.contract.EndState;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunPlan;
import io.sluice.extractor.known.AskedRows;
import io.sluice.extractor.known.KnownRows;
import io.sluice.extractor.known.KnownRowsFolder;
import io.sluice.extractor.read.Extraction;
import io.sluice.extractor.read.RecordOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one sync run's source, attempt after attempt until Kafka has taken it all. Run by one thread. */
final class RunExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(RunExtractor.class);

    /** More often than a few times for each partition it is asked only when hint and state have nothing in common. */
    private static final int REQUESTS_WITH_ROWS = 12;

    private final RunPlan plan;
    private final int partitions;
    private final SourceOpening sources;
    private final OutcomeRedo redo;
    private final Supplier<RecordOutput> outputs;
    private final KnownRowsFolder known;
    private final SyncLogTidying tidying;
    private final Duration retryPause;
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile Optional<String> canceled = Optional.empty();
    private volatile Extraction current;
    private AskedRows asked = AskedRows.NONE;
    private int requests;
    private boolean over;

    RunExtractor(
            RunPlan plan,
            int partitions,
            SourceOpening sources,
            OutcomeRedo redo,
            Supplier<RecordOutput> outputs,
            KnownRowsFolder known,
            Duration retryPause) {
        this.plan = plan;
        this.partitions = partitions;
        this.sources = sources;
        this.redo = redo;
        this.outputs = outputs;
        this.known = known;
        this.tidying = new SyncLogTidying(sources);
        this.retryPause = retryPause;
    }

    /** Reads until the bracket is closed; true when it is, false when the run was let go. */
    boolean run() {
        while (!isLetGo()) {
            try {
                Extraction extraction = next();
                canceled.ifPresent(extraction::cancel);
                Optional<EndState> end = extraction.run();
                if (end.isPresent() && isOver(extraction)) {
                    LOG.info("sync run {} extracted: {}", plan.getSyncRunId(), end.get());
                    tidy();
                    return true;
                }
            } catch (RecordOutput.OutputFailed failed) {
                LOG.warn("sync run {} is read again: {}", plan.getSyncRunId(), failed.getMessage());
                pause();
            } catch (RuntimeException bug) {
                // the bracket may be open, and nobody else would close it
                LOG.error("sync run {} is read again after an unexpected failure", plan.getSyncRunId(), bug);
                pause();
            }
        }
        return false;
    }

    /** The run is read, whatever becomes of the tidying: the next run tidies again. */
    private void tidy() {
        try {
            tidying.after(plan);
        } catch (RuntimeException bug) {
            LOG.error("the sync log is not tidied after run {}", plan.getSyncRunId(), bug);
        }
    }

    private synchronized Extraction next() {
        KnownRows rows = comparable() ? known.open(plan.getSyncId(), !plan.getFullSync(), asked) : KnownRows.none();
        current = new Extraction(plan, partitions, this::openSource, outputs.get(), rows);
        if (isLetGo()) {
            // let go of since the loop looked
            current.abandon();
        }
        return current;
    }

    /** Whether the differ compares, and moves its state by what it finds. */
    private boolean comparable() {
        return plan.getStateMode() == PlannedStateMode.PLATFORM && !plan.getDryRun() && plan.getHighWaterMark() == null;
    }

    private synchronized boolean isOver(Extraction extraction) {
        over = extraction == current;
        return over;
    }

    /**
     * The differ needs rows whole that came without their payload: reads again, unless this reading sends them anyway.
     *
     * @return false when the run is read no more, and somebody else must do it
     */
    synchronized boolean reread(RereadRun request) {
        AskedRows more = ++requests > REQUESTS_WITH_ROWS ? AskedRows.ALL : AskedRows.of(request.getMissed());
        Extraction running = current;
        boolean sentAnyway =
                running != null && !running.attemptId().equals(request.getAttemptId()) && asked.covers(more);
        asked = asked.and(more);
        if (sentAnyway && !isLetGo()) {
            return true;
        }
        if (over || isLetGo()) {
            return false;
        }
        if (running != null) {
            LOG.info("sync run {} is read again, the differ needs rows whole", plan.getSyncRunId());
            current = null;
            running.abandon();
        }
        return true;
    }

    /** Goes on where another one, which is over, stopped: what it was asked for still counts. */
    void goOnFrom(RunExtractor earlier) {
        AskedRows before;
        int already;
        synchronized (earlier) {
            before = earlier.asked;
            already = earlier.requests;
        }
        synchronized (this) {
            asked = before;
            requests = already;
        }
    }

    void cancel(String reason) {
        canceled = Optional.of(reason);
        Extraction running = current;
        if (running != null) {
            running.cancel(reason);
        }
    }

    /** Whether it was told to stop; it may still be about to. */
    boolean isLetGo() {
        return letGo.getCount() == 0;
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
        try {
            redo.before(plan);
        } catch (KafkaException away) {
            // no fault of the source's, and none of the run's: it is read again
            throw new RecordOutput.OutputFailed(away);
        }
        return sources.open(plan);
    }
}
