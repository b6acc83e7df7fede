package io.sluice.differ.diff;

import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordFingerprint;
import io.sluice.record.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjIntConsumer;

/** What becomes of synced records that the source, read to its end, no longer holds. Used by one thread. */
final class Departures {
    /** Deletes per operations message: keeps messages well under a megabyte. */
    private static final int DELETES_PER_MESSAGE = 2_000;

    private static final RecordFingerprint NO_FINGERPRINT = new RecordFingerprint(new byte[Fingerprint.BYTES]);

    private final AcceptedState state;
    private final RunStore runs;
    private final DiffOutput output;

    Departures(AcceptedState state, RunStore runs, DiffOutput output) {
        this.state = state;
        this.runs = runs;
        this.output = output;
    }

    /**
     * What a mirror does about the records that have left.
     *
     * @param planned how many it removes
     * @param withheld how many it leaves alone, because the destination keeps refusing to remove them
     */
    record Removals(long planned, long withheld) {}

    /** How many have left: an invalid identifier has not (KEY-9), what was accepted meanwhile has not. */
    long count(RunProgress progress) {
        return runs.counters(progress.facts().syncId()).live() - progress.seen();
    }

    /** What a mirror would do about them. */
    Removals due(RunProgress progress, Quarantine quarantine) {
        return quarantine.on()
                ? visit(progress, quarantine, (identifier, ordinal) -> {})
                : new Removals(count(progress), 0);
    }

    /** Removes from the destination what a mirror has lost. */
    Removals remove(RunProgress progress, Quarantine quarantine) {
        Batches batches = new Batches(progress.facts());
        Removals removals = visit(progress, quarantine, batches::add);
        batches.flush();
        return removals;
    }

    private Removals visit(RunProgress progress, Quarantine quarantine, ObjIntConsumer<String> removal) {
        long gone = count(progress);
        if (gone == 0) {
            return new Removals(0, 0);
        }
        RunFacts facts = progress.facts();
        Marks seen = Marks.seen(runs, facts.syncRunId());
        LongAdder withheld = new LongAdder();
        LongAdder planned = new LongAdder();
        state.forEach(facts.syncId(), (identifier, entry) -> {
            if (seen.isMarked(entry.ordinal())) {
                return;
            }
            if (quarantine.withholdsRemoval(identifier)) {
                withheld.increment();
            } else {
                planned.increment();
                removal.accept(identifier, entry.ordinal());
            }
        });
        return new Removals(planned.sum(), withheld.sum());
    }

    /** Forgets what has left. */
    void forget(RunProgress progress) {
        if (count(progress) > 0) {
            RunFacts facts = progress.facts();
            Marks seen = Marks.seen(runs, facts.syncRunId());
            long forgotten = state.removeIf(facts.syncId(), ordinal -> !seen.isMarked(ordinal));
            runs.putCounters(facts.syncId(), runs.counters(facts.syncId()).afterRemovals(forgotten));
        }
    }

    /** The operation on a record that has left. */
    static Operation removal(RunFacts facts, String identifier, int ordinal) {
        return new Operation(
                PlannedOperation.DELETE,
                identifier,
                NO_FINGERPRINT,
                RemovalPayload.of(facts.identifierColumn(), identifier),
                ordinal);
    }

    private final class Batches {
        private final RunFacts facts;
        private List<Operation> pending = new ArrayList<>();

        Batches(RunFacts facts) {
            this.facts = facts;
        }

        void add(String identifier, int ordinal) {
            pending.add(removal(facts, identifier, ordinal));
            if (pending.size() == DELETES_PER_MESSAGE) {
                flush();
            }
        }

        void flush() {
            if (!pending.isEmpty()) {
                output.operations(facts, new OperationBatch(facts.syncRunId(), pending));
                pending = new ArrayList<>();
            }
        }
    }
}
