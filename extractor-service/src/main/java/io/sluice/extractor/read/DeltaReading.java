package io.sluice.extractor.read;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.DeltaSink;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.StateId;
import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.Invalidity;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.RecordChange;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import io.sluice.record.Fingerprint;
import io.sluice.support.removal.RemovalLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One reading of a source that keeps the state itself: only what differs is read and sent (ENG-5). Records that left the
 * source are sent when the behavior removes them, else forgotten at once. Used by one thread, once.
 */
final class DeltaReading implements DeltaSink {
    /** Changes noted in one transaction. */
    private static final int NOTED_TOGETHER = 5_000;

    private static final byte[] NOTHING = {};

    private final RunPlan plan;
    private final PartitionedBatches batches;
    private final Optional<RemovalLimit> limit;
    private final List<AcceptedChange> notes = new ArrayList<>();
    private Bookkeeping bookkeeping;
    private Optional<StageError> refusal = Optional.empty();
    private Optional<ConnectorException> noteFailure = Optional.empty();
    private DeltaReader.Counts counts = new DeltaReader.Counts(0, 0, 0);
    private Optional<String> mark = Optional.empty();
    private long sent;

    DeltaReading(RunPlan plan, PartitionedBatches batches) {
        this.plan = plan;
        this.batches = batches;
        this.limit = Optional.ofNullable(plan.getRemovalGuard())
                .map(guard -> new RemovalLimit(guard.getMaxPercent(), guard.getMinRecords()));
    }

    /**
     * Reads and sends.
     *
     * @return why the run must fail although reading went well
     */
    Optional<StageError> read(SourceConnection source, ReadRequest request) throws ConnectorException {
        bookkeeping = source.bookkeeping().orElseThrow(DeltaReading::unsupported);
        long since = plan.getFullSyncSince() == 0 ? plan.getSyncRunId() : plan.getFullSyncSince();
        bookkeeping.prepare(sync(), since, plan.getForgetState() && !plan.getDryRun());
        DeltaRequest.Scope scope =
                plan.getFullSync() ? new DeltaRequest.Everything(since) : new DeltaRequest.Differences();
        boolean removals = plan.getBehavior() != PlannedBehavior.APPEND;
        try (DeltaReader reader = bookkeeping.plan(new DeltaRequest(sync(), request, scope, removals))) {
            Optional<DeltaReader.Counts> read = reader.read(this);
            if (noteFailure.isPresent()) {
                throw noteFailure.get();
            }
            if (read.isPresent()) {
                counts = read.get();
                mark = reader.highWaterMark();
                note();
            }
        }
        return refusal;
    }

    private static ConnectorException unsupported() {
        return new ConnectorException(new ConnectorError(
                "BOOKKEEPING_UNSUPPORTED",
                ConnectorError.Fault.CONFIGURATION,
                "This kind of source cannot keep state itself: move it to sync engine basic."));
    }

    private StateId sync() {
        return new StateId(plan.getWorkspaceId(), plan.getSyncId());
    }

    @Override
    public boolean accept(DeltaRow row) {
        return switch (row.kind()) {
            case ADDED -> skipsCurrent() ? noteSeen(row) : send(row, null, RecordChange.ADDED);
            case CHANGED -> send(row, null, RecordChange.CHANGED);
            case RESENT -> send(row, null, RecordChange.RESENT);
            case RESTATED -> noteSeen(row);
            case REMOVED -> removes() ? sendRemoved(row.identifier()) : noteGone(row.identifier());
            case NULL_IDENTIFIER -> send(row, Invalidity.NULL_IDENTIFIER, null);
            case DUPLICATE_IDENTIFIER ->
                (!skipsCurrent() || noteSeen(row)) && send(row, Invalidity.DUPLICATE_IDENTIFIER, null);
        };
    }

    /** An append that begins with what comes after now (BEH-18). */
    private boolean skipsCurrent() {
        return plan.getHistoricalRecords() == HistoricalRecords.SKIP;
    }

    private boolean removes() {
        return plan.getBehavior() == PlannedBehavior.MIRROR;
    }

    private boolean send(DeltaRow row, Invalidity invalid, RecordChange change) {
        if (plan.getMaximumRows() != null && sent >= plan.getMaximumRows()) {
            refusal = Optional.of(RowLimit.tooLarge(plan.getMaximumRows()));
            return false;
        }
        sent++;
        return batches.add(row.identifier(), Fingerprint.fromBytes(row.fingerprint()), row.payload(), invalid, change);
    }

    /** A removed record has no row: its identifier tells it from others. */
    private boolean sendRemoved(String identifier) {
        return batches.add(
                identifier,
                Fingerprints.of(identifier.getBytes(StandardCharsets.UTF_8)),
                NOTHING,
                null,
                RecordChange.REMOVED);
    }

    private boolean noteSeen(DeltaRow row) {
        return note(new AcceptedChange.Stored(row.identifier(), row.fingerprint()));
    }

    private boolean noteGone(String identifier) {
        return note(new AcceptedChange.Dropped(identifier));
    }

    private boolean note(AcceptedChange change) {
        if (plan.getDryRun()) {
            return true;
        }
        notes.add(change);
        if (notes.size() < NOTED_TOGETHER) {
            return true;
        }
        try {
            note();
            return true;
        } catch (ConnectorException failed) {
            noteFailure = Optional.of(failed);
            return false;
        }
    }

    private void note() throws ConnectorException {
        if (!notes.isEmpty()) {
            bookkeeping.note(sync(), plan.getSyncRunId(), notes);
            notes.clear();
        }
    }

    /** The guard of a mirror: it is known how many would go before the first one does. */
    @Override
    public boolean wantsRemoved(long removed, long known) {
        if (removes() && !plan.getDryRun()) {
            refusal = limit.filter(guard -> !guard.allows(removed, known)).map(guard -> guard.refusal(removed, known));
        }
        return refusal.isEmpty();
    }

    /** Rows of the source that were not sent. */
    long unchanged() {
        return Math.max(0, counts.sourceRecords() - sent);
    }

    /** Where the next run's window begins (BEH-20). */
    Optional<String> highWaterMark() {
        return mark;
    }

    /** Records the state knows. */
    long known() {
        return counts.known();
    }
}
