package io.sluice.extractor.read;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.CompoundKey;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.PlannedTable;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.StageError;
import io.sluice.extractor.known.KnownRows;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of the source for one sync run: opens the bracket in every partition, streams the rows, closes the bracket.
 * Whatever the source does, the bracket is closed; only when Kafka itself fails (or the extraction is abandoned) it stays
 * open, and the next attempt replaces this one.
 *
 * <p>Run by one thread; {@link #cancel} and {@link #abandon} may be called from any.
 */
public final class Extraction {
    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);

    /** Opens the run's source. */
    @FunctionalInterface
    public interface SourceOpener {
        SourceConnection open() throws ConnectorException;
    }

    private enum Stop {
        CANCEL,
        ABANDON
    }

    private final RunPlan plan;
    private final RunIdentity run;
    private final SourceOpener opener;
    private final RecordOutput output;
    private final KnownRows known;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private volatile String cancelReason = "";
    private String highWaterMark;

    /**
     * A reading that has not begun.
     *
     * @param known rows that need not travel whole; closed by {@link #run}
     */
    public Extraction(RunPlan plan, int partitions, SourceOpener opener, RecordOutput output, KnownRows known) {
        this.plan = plan;
        this.known = known;
        this.run = new RunIdentity(
                plan.getSyncId(), plan.getSyncRunId(), UUID.randomUUID().toString(), partitions);
        this.opener = opener;
        this.output = output;
    }

    /** Identifies this reading. */
    public String attemptId() {
        return run.attemptId();
    }

    /** The user cancelled the run: stop reading and close the bracket as cancelled. */
    public void cancel(String reason) {
        cancelReason = reason;
        stop.compareAndSet(null, Stop.CANCEL);
    }

    /** This process must let go of the run: stop reading and leave the bracket open for the next attempt. */
    public void abandon() {
        stop.set(Stop.ABANDON);
    }

    /**
     * Reads and publishes. Blocks until the bracket is closed.
     *
     * @return how the bracket was closed; empty when it was left open because the extraction was abandoned
     * @throws RecordOutput.OutputFailed when Kafka did not take the records
     */
    public Optional<EndState> run() {
        try (known) {
            return readAll();
        }
    }

    private Optional<EndState> readAll() {
        for (int partition = 0; partition < run.partitions(); partition++) {
            send(partition, new RunStarted(run.syncRunId(), run.syncId(), run.attemptId()));
        }
        PartitionedBatches batches = new PartitionedBatches(run, output, known, () -> stop.get() == null);
        DeltaReading deltas = new DeltaReading(plan, batches);
        Optional<StageError> failure = read(batches, deltas);
        if (stop.get() == Stop.ABANDON) {
            return Optional.empty();
        }
        batches.sendAll();
        // markers may only follow when every row before them is stored
        output.flush();
        return Optional.of(close(batches, deltas, failure));
    }

    private EndState close(PartitionedBatches batches, DeltaReading deltas, Optional<StageError> failure) {
        EndState state = EndState.COMPLETED;
        StageError error = null;
        if (stop.get() == Stop.CANCEL) {
            state = EndState.CANCELED;
            error = new StageError("RUN_CANCELED", cancelReason);
        } else if (failure.isPresent()) {
            state = EndState.FAILED;
            error = failure.get();
        } else {
            known.keep();
        }
        for (int partition = 0; partition < run.partitions(); partition++) {
            send(
                    partition,
                    ExtractEnded.newBuilder()
                            .setSyncRunId(run.syncRunId())
                            .setAttemptId(run.attemptId())
                            .setState(state)
                            .setRecordCount(batches.sent(partition))
                            .setRemovedCount(batches.removed(partition))
                            .setUnchangedCount(partition == 0 ? deltas.unchanged() : 0)
                            .setSyncedCount(partition == 0 ? deltas.known() : 0)
                            .setError(error)
                            .setHighWaterMark(highWaterMark)
                            .build());
        }
        output.flush();
        output.progress(run.syncRunId(), batches.rows());
        return state;
    }

    private Optional<StageError> read(PartitionedBatches batches, DeltaReading deltas) {
        try (SourceConnection source = opener.open()) {
            if (plan.getStateMode() == PlannedStateMode.WAREHOUSE) {
                Optional<StageError> refused = deltas.read(source, request());
                highWaterMark = deltas.highWaterMark().orElse(null);
                return refused;
            }
            try (RecordReader reader = source.read(request())) {
                RowLimit limited = RowLimit.of(plan, batches);
                reader.read(limited);
                highWaterMark = reader.highWaterMark().orElse(null);
                return limited.failure();
            }
        } catch (ConnectorException failed) {
            ConnectorError error = failed.error();
            return Optional.of(new StageError(error.code(), error.message()));
        } catch (RecordOutput.OutputFailed failed) {
            throw failed;
        } catch (RuntimeException bug) {
            // whatever a connector does, the bracket is closed and the user told
            LOG.error("reading the source of sync run {} failed unexpectedly", run.syncRunId(), bug);
            return Optional.of(new StageError(
                    "EXTRACTOR_FAILED",
                    "The source could not be read because of an unexpected "
                            + bug.getClass().getSimpleName()
                            + ". This is a fault of Sluice or its connector, not of your data; the extractor's log has"
                            + " the details."));
        }
    }

    private ReadRequest request() {
        SourceQuery query =
                switch (plan.getQuery()) {
                    case PlannedTable table ->
                        new SourceQuery.Table(
                                new SourceObject(table.getCatalog(), table.getSchemaName(), table.getTableName()));
                    case PlannedSql sql -> new SourceQuery.Sql(sql.getText());
                    default -> throw new IllegalStateException("a run plan names a kind of query this extractor lacks");
                };
        return new ReadRequest(
                query,
                plan.getColumns().stream().map(PlannedColumn::getName).toList(),
                plan.getIdentifierColumn(),
                PlannedWindow.of(plan),
                plan.getCompoundKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CompoundKey(plan.getIdentifierColumn(), plan.getCompoundKey())));
    }

    private void send(int partition, Object event) {
        output.send(run.syncId(), partition, new SourceRecordsEvent(event));
    }
}
