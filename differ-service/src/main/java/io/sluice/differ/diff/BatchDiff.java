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
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The diff of one message of rows: compares them with the state and collects what to emit. */
final class BatchDiff {
    private static final int NEW = -1;
    private static final int INVALID_MARK = 16;
    private static final int REMOVAL_MARK = 32;

    private final RunProgress before;
    private final AcceptedState state;
    private final Marks seen;
    private final Marks fresh;
    private final Map<Long, Integer> leftOver;
    private final Optional<OperationKind> forAdded;
    private final Optional<OperationKind> forChanged;
    private final Optional<OperationKind> forResent;
    private final PlannedOperation intended;

    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> removals = new ArrayList<>();
    private final List<Outcome> invalidRows = new ArrayList<>();
    private final List<SourceRecord> toRemember = new ArrayList<>();
    private final LongList emitted = new LongList();
    private final LongList recognised = new LongList();
    private long rows;
    private long unchanged;
    private long added;
    private long newlySeen;
    private int logged;

    BatchDiff(RunProgress progress, AcceptedState state, RunStore runs, Map<Long, Integer> leftOver) {
        RunFacts facts = progress.facts();
        this.before = progress;
        this.state = state;
        this.seen = Marks.seen(runs, facts.syncRunId());
        this.fresh = Marks.fresh(runs, facts.syncId());
        this.leftOver = leftOver;
        this.logged = progress.logged();
        this.forAdded = OperationPlanner.plan(facts.behavior(), RecordClass.ADDED);
        this.forChanged = OperationPlanner.plan(facts.behavior(), RecordClass.CHANGED);
        this.forResent = OperationPlanner.plan(facts.behavior(), RecordClass.RESENT);
        this.intended = planned(OperationPlanner.intended(facts.behavior()));
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

    /** The source keeps the state and has compared already; or there is no state, and every row is new. */
    private void classifyAsTold(SourceRecord source) {
        switch (source.getChange()) {
            case null -> plan(forAdded, source, NEW);
            case ADDED -> plan(forAdded, source, NEW);
            case CHANGED -> plan(forChanged, source, NEW);
            case RESENT -> plan(forResent, source, NEW);
            case REMOVED -> planRemoval(source);
        }
    }

    private void planRemoval(SourceRecord source) {
        boolean wanted = OperationPlanner.plan(before.facts().behavior(), RecordClass.REMOVED)
                .isPresent();
        if (wanted && !emittedEarlier(EmissionLog.mark(REMOVAL_MARK, source.getFingerprint()))) {
            removals.add(Departures.removal(before.facts(), source.getIdentifier(), NEW));
        }
    }

    private void classifyValid(SourceRecord source) {
        if (!before.facts().keepsState()) {
            classifyAsTold(source);
            return;
        }
        AcceptedState.Entry entry = find(source);
        if (entry == null) {
            if (before.facts().start() == RunFacts.Start.SKIP_CURRENT) {
                toRemember.add(source);
                unchanged++;
            } else {
                plan(forAdded, source, NEW);
            }
            return;
        }
        markSeen(entry);
        switch (compare(entry, source)) {
            case RESENT -> plan(forResent, source, entry.ordinal());
            case CHANGED -> plan(forChanged, source, entry.ordinal());
            case ADDED, UNCHANGED, REMOVED -> unchanged++;
        }
    }

    private AcceptedState.Entry find(SourceRecord source) {
        return before.facts().start() == RunFacts.Start.DRY_AFRESH
                ? null
                : state.find(before.facts().syncId(), source.getIdentifier());
    }

    private RecordClass compare(AcceptedState.Entry entry, SourceRecord source) {
        if (before.facts().fullSync() && !(continued() && fresh.isMarked(entry.ordinal()))) {
            return RecordClass.RESENT;
        }
        return sameFingerprint(entry, source) ? RecordClass.UNCHANGED : RecordClass.CHANGED;
    }

    /** A dry run of a full sync that has not begun finds the marks of the one before. */
    private boolean continued() {
        return !before.facts().dry()
                || before.facts().fullSyncSince() < before.facts().syncRunId();
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
        if (ordinal == NEW) {
            added++;
        }
        operations.add(new Operation(
                planned(kind.get()), source.getIdentifier(), source.getFingerprint(), source.getPayload(), ordinal));
    }

    /** An identifier that was synced before and is duplicated now is frozen: not updated, not removed (KEY-9). */
    private void classifyInvalid(SourceRecord source) {
        if (before.facts().keepsState() && source.getInvalid() == Invalidity.DUPLICATE_IDENTIFIER) {
            AcceptedState.Entry entry = find(source);
            if (entry != null) {
                markSeen(entry);
            } else if (before.facts().start() == RunFacts.Start.SKIP_CURRENT) {
                toRemember.add(source);
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

    /** Sends what was planned and saves marks and log. A dry run sends nothing (DRY-3). */
    void emit(DiffOutput output, RunStore runs) {
        RunFacts facts = before.facts();
        long runId = facts.syncRunId();
        remember(runs);
        if (!operations.isEmpty() && facts.holdsDeletes()) {
            runs.putHeld(runId, logged, new OperationBatch(runId, operations));
        } else if (!operations.isEmpty() && sends()) {
            output.operations(facts, new OperationBatch(runId, operations));
        }
        if (!removals.isEmpty() && sends()) {
            output.operations(facts, new OperationBatch(runId, removals));
        }
        if (!invalidRows.isEmpty() && !facts.dry()) {
            output.invalid(facts, new OutcomeBatch(runId, null, null, invalidRows));
        }
        seen.save();
        if (emitted.size() > 0 || recognised.size() > 0) {
            runs.putEmitted(
                    runId, logged++, new EmissionPiece(before.attempt(), emitted.toArray(), recognised.toArray()));
        }
    }

    private boolean sends() {
        RunFacts facts = before.facts();
        boolean memoryLost = facts.behavior() == SyncBehavior.APPEND && facts.start() == RunFacts.Start.STATE_LOST;
        return !facts.dry() && !memoryLost;
    }

    /** Notes records as seen without sending them (BEH-18); an identifier that occurs twice is noted once. */
    private void remember(RunStore runs) {
        if (toRemember.isEmpty()) {
            return;
        }
        long syncId = before.facts().syncId();
        SyncCounters counters = runs.counters(syncId);
        for (SourceRecord source : toRemember) {
            if (state.find(syncId, source.getIdentifier()) == null) {
                AcceptedState.Entry entry = new AcceptedState.Entry(
                        Fingerprint.fromBytes(source.getFingerprint().bytes()), counters.nextOrdinal());
                state.put(syncId, source.getIdentifier(), entry);
                counters = counters.afterInsert();
                markSeen(entry);
            }
        }
        runs.putCounters(syncId, counters);
    }

    /** The run's progress after this message. */
    RunProgress progress() {
        boolean deletes = before.facts().behavior() == SyncBehavior.DELETE;
        long planned = sends() || before.facts().dry() ? operations.size() : 0;
        return before.afterBatch(
                new RunProgress.Counts(
                        rows,
                        unchanged,
                        deletes ? 0 : planned,
                        deletes ? planned : removals.size(),
                        invalidRows.size(),
                        added),
                before.seen() + newlySeen,
                logged);
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
