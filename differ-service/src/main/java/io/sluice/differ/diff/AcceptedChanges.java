package io.sluice.differ.diff;

import io.sluice.contract.Outcome;
import io.sluice.contract.PlannedOperation;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Fingerprint;
import java.util.Optional;

/**
 * Moves the state by outcomes: only what the destination accepted counts as synced (requirement ENG-18). An accepted write
 * is remembered with its fingerprint; the accepted removal of a mirror is forgotten; the accepted delete of a delete sync is
 * remembered, for the record was deleted as the source asked.
 *
 * <p>A rejected record comes back by itself, because the state still says otherwise. Where it would not (a full sync sent
 * what the state already had), the entry is spoilt. Used for one message, by one thread.
 */
final class AcceptedChanges {
    private final long syncId;
    private final Optional<RunProgress> run;
    private final AcceptedState state;
    private final Optional<Marks> seen;
    private final Optional<Marks> fresh;
    private final boolean nothingKnown;
    private final SyncCounters before;
    private SyncCounters counters;
    private long newlySeen;

    /**
     * The changes of one message.
     *
     * @param nothingKnown the run is in its first attempt and began on an empty state: since its identifiers are distinct, a
     *     record that was planned as new is new
     */
    AcceptedChanges(long syncId, Optional<RunProgress> run, AcceptedState state, RunStore runs, boolean nothingKnown) {
        this.nothingKnown = nothingKnown;
        this.syncId = syncId;
        this.run = run;
        this.state = state;
        this.seen = run.filter(RunProgress::marksSeen)
                .map(open -> Marks.seen(runs, open.facts().syncRunId()));
        this.fresh = run.filter(open -> open.facts().fullSync()).map(open -> Marks.fresh(runs, syncId));
        this.before = runs.counters(syncId);
        this.counters = before;
    }

    void apply(Outcome outcome) {
        switch (outcome.getStatus()) {
            case SUCCEEDED -> {
                if (isRemoval(outcome)) {
                    remove(outcome.getIdentifier());
                } else {
                    accepted(
                            outcome,
                            Fingerprint.fromBytes(outcome.getFingerprint().bytes()));
                }
            }
            case UNKNOWN -> unknown(outcome);
            case REJECTED -> rejected(outcome);
            case NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> {
                // never sent
            }
        }
    }

    /** Writes what was gathered. */
    void save(RunStore runs) {
        if (counters != before) {
            runs.putCounters(syncId, counters);
        }
        seen.ifPresent(Marks::save);
        fresh.ifPresent(Marks::save);
        if (newlySeen != 0) {
            RunProgress progress = run.orElseThrow();
            runs.putProgress(progress.withSeen(progress.seen() + newlySeen));
        }
    }

    private boolean isRemoval(Outcome outcome) {
        return outcome.getKind() == PlannedOperation.DELETE
                && run.map(open -> open.facts().behavior()).orElse(SyncBehavior.MIRROR) != SyncBehavior.DELETE;
    }

    /** Whether the next run finds out by the fingerprint that the record must be sent again. */
    private boolean comparesFingerprints() {
        return run.map(open -> switch (open.facts().behavior()) {
                    case UPSERT, UPDATE, MIRROR -> true;
                    case INSERT, APPEND, DELETE -> false;
                })
                .orElse(true);
    }

    private void unknown(Outcome outcome) {
        if (isRemoval(outcome)) {
            // it may be gone: a mirror removes it again, and should it come back it is sent
            spoil(outcome.getIdentifier());
        } else if (comparesFingerprints()) {
            // it may be there: the next run sends it again, and a mirror still removes it
            store(outcome, Fingerprint.NEVER_EQUAL);
        } else {
            forgetResent(outcome);
        }
    }

    private void rejected(Outcome outcome) {
        if (isRemoval(outcome) || outcome.getOrdinal() < 0) {
            return;
        }
        if (!comparesFingerprints()) {
            forgetResent(outcome);
            return;
        }
        AcceptedState.Entry entry = state.find(syncId, outcome.getIdentifier());
        if (entry != null
                && entry.fingerprint()
                        .equals(Fingerprint.fromBytes(outcome.getFingerprint().bytes()))) {
            spoil(outcome.getIdentifier());
        }
    }

    /** A full sync sent a known record and it was not accepted: as one not known it is sent again. */
    private void forgetResent(Outcome outcome) {
        if (outcome.getOrdinal() >= 0) {
            remove(outcome.getIdentifier());
        }
    }

    private void spoil(String identifier) {
        AcceptedState.Entry entry = state.find(syncId, identifier);
        if (entry != null) {
            state.put(syncId, identifier, new AcceptedState.Entry(Fingerprint.NEVER_EQUAL, entry.ordinal()));
        }
    }

    private void accepted(Outcome outcome, Fingerprint fingerprint) {
        int ordinal = store(outcome, fingerprint);
        fresh.ifPresent(marks -> marks.mark(ordinal));
    }

    private int store(Outcome outcome, Fingerprint fingerprint) {
        int ordinal = outcome.getOrdinal();
        if (ordinal < 0 || mayBeForgotten()) {
            AcceptedState.Entry existing = nothingKnown ? null : state.find(syncId, outcome.getIdentifier());
            if (existing == null) {
                ordinal = counters.nextOrdinal();
                counters = counters.afterInsert();
            } else {
                ordinal = existing.ordinal();
            }
        }
        state.put(syncId, outcome.getIdentifier(), new AcceptedState.Entry(fingerprint, ordinal));
        int marked = ordinal;
        if (seen.isPresent() && seen.get().mark(marked)) {
            newlySeen++;
        }
        return ordinal;
    }

    /** A second reading may have found gone, and forgotten, what the first one planned. */
    private boolean mayBeForgotten() {
        return run.map(open -> open.attempt() > 1).orElse(true);
    }

    private void remove(String identifier) {
        AcceptedState.Entry entry = state.find(syncId, identifier);
        if (entry != null) {
            state.remove(syncId, identifier);
            counters = counters.afterRemovals(1);
            if (seen.isPresent() && seen.get().isMarked(entry.ordinal())) {
                newlySeen--;
            }
        }
    }
}
