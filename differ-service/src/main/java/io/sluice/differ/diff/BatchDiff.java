package io.sluice.differ.diff;

import io.sluice.contract.Invalidity;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.rows.PackedRows;
import io.sluice.operation.OperationKind;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Fingerprint;
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
    private final Quarantine quarantine;
    private final Map<Long, Integer> leftOver;
    private final boolean nothingKnown;
    private final Optional<OperationKind> forAdded;
    private final Optional<OperationKind> forChanged;
    private final Optional<OperationKind> forResent;
    private final PlannedOperation intended;

    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> removals = new ArrayList<>();
    private final List<Outcome> invalidRows = new ArrayList<>();
    private final List<Unsent> toRemember = new ArrayList<>();
    private final LongList emitted = new LongList();
    private final LongList recognised = new LongList();
    private final LongList missed = new LongList();
    private long rows;
    private long unchanged;
    private long added;
    private long quarantined;
    private long newlySeen;
    private int logged;

    BatchDiff(
            RunProgress progress,
            AcceptedState state,
            RunStore runs,
            Quarantine quarantine,
            Map<Long, Integer> leftOver,
            boolean nothingKnown) {
        RunFacts facts = progress.facts();
        this.before = progress;
        this.state = state;
        this.seen = Marks.seen(runs, facts.syncRunId());
        this.fresh = Marks.fresh(runs, facts.syncId());
        this.quarantine = quarantine;
        this.leftOver = leftOver;
        this.nothingKnown = nothingKnown;
        this.logged = progress.logged();
        this.forAdded = OperationPlanner.plan(facts.behavior(), RecordClass.ADDED);
        this.forChanged = OperationPlanner.plan(facts.behavior(), RecordClass.CHANGED);
        this.forResent = OperationPlanner.plan(facts.behavior(), RecordClass.RESENT);
        this.intended = planned(OperationPlanner.intended(facts.behavior()));
    }

    void classify(PackedRows source) {
        while (source.next()) {
            rows++;
            if (source.invalidity() == null) {
                classifyValid(source);
            } else {
                classifyInvalid(source);
            }
        }
    }

    /** The source keeps the state and has compared already; or there is no state, and every row is new. */
    private void classifyAsTold(PackedRows source) {
        switch (source.change()) {
            case null -> plan(forAdded, source, NEW);
            case ADDED -> plan(forAdded, source, NEW);
            case CHANGED -> plan(forChanged, source, NEW);
            case RESENT -> plan(forResent, source, NEW);
            case REMOVED -> planRemoval(source);
        }
    }

    private void planRemoval(PackedRows source) {
        if (OperationPlanner.plan(before.facts().behavior(), RecordClass.REMOVED)
                .isEmpty()) {
            return;
        }
        if (quarantine.withholdsRemoval(source.identifier())) {
            quarantined++;
        } else if (!emittedEarlier(EmissionLog.mark(REMOVAL_MARK, source.high(), source.low()))) {
            removals.add(Departures.removal(before.facts(), source.identifier(), NEW));
        }
    }

    private void classifyValid(PackedRows source) {
        if (!before.facts().keepsState()) {
            classifyAsTold(source);
            return;
        }
        AcceptedState.Entry entry = find(source);
        if (entry == null) {
            if (before.facts().start() == RunFacts.Start.SKIP_CURRENT) {
                toRemember.add(Unsent.of(source));
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

    private AcceptedState.Entry find(PackedRows source) {
        return nothingKnown || before.facts().start() == RunFacts.Start.DRY_AFRESH
                ? null
                : state.find(before.facts().syncId(), source.identifier());
    }

    private RecordClass compare(AcceptedState.Entry entry, PackedRows source) {
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

    private static boolean sameFingerprint(AcceptedState.Entry entry, PackedRows source) {
        return entry.fingerprint().high() == source.high()
                && entry.fingerprint().low() == source.low();
    }

    private void markSeen(AcceptedState.Entry entry) {
        if (seen.mark(entry.ordinal())) {
            newlySeen++;
        }
    }

    private void plan(Optional<OperationKind> kind, PackedRows source, int ordinal) {
        if (kind.isEmpty()) {
            unchanged++;
            return;
        }
        if (quarantine.withholds(planned(kind.get()), source.identifier(), source.high(), source.low())) {
            unchanged++;
            quarantined++;
            return;
        }
        long mark = EmissionLog.mark(kind.get().ordinal(), source.high(), source.low());
        if (recognised(mark)) {
            return;
        }
        if (!source.whole()) {
            missed.add(source.high());
            return;
        }
        emitted.add(mark);
        if (ordinal == NEW) {
            added++;
        }
        operations.add(new Operation(
                planned(kind.get()), source.identifier(), source.fingerprint(), source.payload(), ordinal));
    }

    /** An identifier that was synced before and is duplicated now is frozen: not updated, not removed (KEY-9). */
    private void classifyInvalid(PackedRows source) {
        if (before.facts().keepsState() && source.invalidity() == Invalidity.DUPLICATE_IDENTIFIER) {
            AcceptedState.Entry entry = find(source);
            if (entry != null) {
                markSeen(entry);
            } else if (before.facts().start() == RunFacts.Start.SKIP_CURRENT) {
                toRemember.add(Unsent.of(source));
            }
        }
        long mark = EmissionLog.mark(INVALID_MARK + source.invalidity().ordinal(), source.high(), source.low());
        if (!emittedEarlier(mark)) {
            invalidRows.add(new Outcome(
                    source.identifier(),
                    intended,
                    status(source.invalidity()),
                    null,
                    source.fingerprint(),
                    source.payload(),
                    NEW));
        }
    }

    private boolean emittedEarlier(long mark) {
        if (recognised(mark)) {
            return true;
        }
        emitted.add(mark);
        return false;
    }

    private boolean recognised(long mark) {
        int left = leftOver.isEmpty() ? 0 : leftOver.getOrDefault(mark, 0);
        if (left > 0) {
            leftOver.put(mark, left - 1);
            recognised.add(mark);
        }
        return left > 0;
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
            output.invalid(facts, new OutcomeBatch(runId, null, null, invalidRows, null));
        }
        seen.save();
        if (missed.size() > 0) {
            runs.putMissed(runId, before.counts().sourceRecords(), missed.toArray());
        }
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
        for (Unsent row : toRemember) {
            if (state.find(syncId, row.identifier()) == null) {
                AcceptedState.Entry entry = new AcceptedState.Entry(row.fingerprint(), counters.nextOrdinal());
                state.put(syncId, row.identifier(), entry);
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
                        added,
                        quarantined),
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

    /** A row that is noted without being sent. */
    private record Unsent(String identifier, Fingerprint fingerprint) {
        static Unsent of(PackedRows row) {
            return new Unsent(row.identifier(), new Fingerprint(row.high(), row.low()));
        }
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
