package io.sluice.differ.diff;

import io.sluice.contract.Invalidity;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.SourceRecord;
import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The diff of one message of rows: reads the state, writes nothing to it, collects what to emit. */
final class BatchDiff {
    private static final int NEW = -1;
    private static final int INVALID_MARK = 16;

    private final RunProgress before;
    private final AcceptedState state;
    private final SeenMarks seen;
    private final Map<Long, Integer> leftOver;
    private final Optional<OperationKind> forAdded;
    private final Optional<OperationKind> forChanged;
    private final PlannedOperation intended;

    private final List<Operation> operations = new ArrayList<>();
    private final List<Outcome> invalidRows = new ArrayList<>();
    private final LongList emitted = new LongList();
    private final LongList recognised = new LongList();
    private long rows;
    private long unchanged;
    private long newlySeen;
    private int logged;

    BatchDiff(RunProgress progress, AcceptedState state, SeenMarks seen, Map<Long, Integer> leftOver) {
        this.before = progress;
        this.state = state;
        this.seen = seen;
        this.leftOver = leftOver;
        this.logged = progress.logged();
        this.forAdded = OperationPlanner.plan(progress.facts().behavior(), RecordClass.ADDED);
        this.forChanged = OperationPlanner.plan(progress.facts().behavior(), RecordClass.CHANGED);
        this.intended = planned(OperationPlanner.intended(progress.facts().behavior()));
    }

    void classify(List<SourceRecord> records) {
        for (SourceRecord source : records) {
            rows++;
            if (source.getInvalid() == null) {
                classifyValid(source);
            } else {
                classifyInvalid(source);
            }
        }
    }

    private void classifyValid(SourceRecord source) {
        AcceptedState.Entry entry = state.find(before.facts().syncId(), source.getIdentifier());
        if (entry == null) {
            plan(forAdded, source, NEW);
            return;
        }
        markSeen(entry);
        if (!before.facts().fullSync() && sameFingerprint(entry, source)) {
            unchanged++;
        } else {
            plan(forChanged, source, entry.ordinal());
        }
    }

    /** Reads the sixteen bytes in place: this runs once per source row. */
    private static boolean sameFingerprint(AcceptedState.Entry entry, SourceRecord source) {
        ByteBuffer bytes = ByteBuffer.wrap(source.getFingerprint().bytes());
        return entry.fingerprint().high() == bytes.getLong()
                && entry.fingerprint().low() == bytes.getLong();
    }

    private void markSeen(AcceptedState.Entry entry) {
        if (seen.mark(entry.ordinal())) {
            newlySeen++;
        }
    }

    private void plan(Optional<OperationKind> kind, SourceRecord source, int ordinal) {
        if (kind.isEmpty()) {
            unchanged++;
            return;
        }
        long mark = EmissionLog.mark(kind.get().ordinal(), source.getFingerprint());
        if (emittedEarlier(mark)) {
            return;
        }
        operations.add(new Operation(
                planned(kind.get()), source.getIdentifier(), source.getFingerprint(), source.getPayload(), ordinal));
    }

    /** An identifier that was synced before and is duplicated now is frozen: not updated, not removed (KEY-9). */
    private void classifyInvalid(SourceRecord source) {
        if (source.getInvalid() == Invalidity.DUPLICATE_IDENTIFIER) {
            AcceptedState.Entry entry = state.find(before.facts().syncId(), source.getIdentifier());
            if (entry != null) {
                markSeen(entry);
            }
        }
        long mark = EmissionLog.mark(INVALID_MARK + source.getInvalid().ordinal(), source.getFingerprint());
        if (!emittedEarlier(mark)) {
            invalidRows.add(new Outcome(
                    source.getIdentifier(),
                    intended,
                    status(source.getInvalid()),
                    null,
                    source.getFingerprint(),
                    source.getPayload(),
                    NEW));
        }
    }

    private boolean emittedEarlier(long mark) {
        int left = leftOver.getOrDefault(mark, 0);
        if (left > 0) {
            leftOver.put(mark, left - 1);
            recognised.add(mark);
            return true;
        }
        emitted.add(mark);
        return false;
    }

    /** Sends what was planned and saves marks and log. */
    void emit(DiffOutput output, RunStore runs) {
        long runId = before.facts().syncRunId();
        if (!operations.isEmpty()) {
            output.operations(before.facts(), new OperationBatch(runId, operations));
        }
        if (!invalidRows.isEmpty()) {
            output.invalid(before.facts(), new OutcomeBatch(runId, null, null, invalidRows));
        }
        seen.save();
        if (emitted.size() > 0 || recognised.size() > 0) {
            runs.putEmitted(
                    runId, logged++, new EmissionPiece(before.attempt(), emitted.toArray(), recognised.toArray()));
        }
    }

    /** The run's progress after this message. */
    RunProgress progress() {
        return before.afterBatch(
                rows, unchanged, operations.size(), invalidRows.size(), before.seen() + newlySeen, logged);
    }

    private static OutcomeStatus status(Invalidity invalidity) {
        return switch (invalidity) {
            case NULL_IDENTIFIER -> OutcomeStatus.NULL_IDENTIFIER;
            case DUPLICATE_IDENTIFIER -> OutcomeStatus.DUPLICATE_IDENTIFIER;
        };
    }

    static PlannedOperation planned(OperationKind kind) {
        return switch (kind) {
            case UPSERT -> PlannedOperation.UPSERT;
            case UPDATE -> PlannedOperation.UPDATE;
            case INSERT -> PlannedOperation.INSERT;
            case APPEND -> PlannedOperation.APPEND;
            case DELETE -> PlannedOperation.DELETE;
        };
    }

    /** A growing array of longs. */
    private static final class LongList {
        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
