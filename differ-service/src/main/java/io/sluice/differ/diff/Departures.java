package io.sluice.differ.diff;

import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordFingerprint;
import io.sluice.record.Fingerprint;
import java.util.ArrayList;
import java.util.List;

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

    /** How many have left: an invalid identifier has not (KEY-9), what was accepted meanwhile has not. */
    long count(RunProgress progress) {
        return runs.counters(progress.facts().syncId()).live() - progress.seen();
    }

    /** Removes from the destination what a mirror has lost; returns how many operations were planned. */
    long remove(RunProgress progress) {
        if (count(progress) == 0) {
            return 0;
        }
        RunFacts facts = progress.facts();
        Marks seen = Marks.seen(runs, facts.syncRunId());
        Batches batches = new Batches(facts);
        state.forEach(facts.syncId(), (identifier, entry) -> {
            if (!seen.isMarked(entry.ordinal())) {
                batches.add(identifier, entry.ordinal());
            }
        });
        batches.flush();
        return batches.planned;
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
        private long planned;

        Batches(RunFacts facts) {
            this.facts = facts;
        }

        void add(String identifier, int ordinal) {
            pending.add(removal(facts, identifier, ordinal));
            planned++;
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
