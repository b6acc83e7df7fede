package io.sluice.differ.diff;

import io.sluice.contract.Outcome;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.record.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Leaves alone what the destination rejected too often in a row with the same content (docs/adr/0200). A record comes back by
 * itself when its content or the mappings change, in a full sync, and when somebody releases it; it leaves the list when it
 * is accepted, and when a whole reading of the source did not ask for it any more.
 *
 * <p>Nothing is looked up for syncs that do not count failures. Used by one thread.
 */
final class Quarantine {
    /** Characters kept of a destination's reason: enough to see what is wrong, too few for a whole record. */
    static final int MOST_REASON = 500;

    /** Stands for the content of a delete, which has none. */
    private static final Fingerprint DELETED = new Fingerprint(0x64656c657465L, 1);

    private final RunFacts run;
    private final FailingRecords failing;
    private final DiffOutput output;

    Quarantine(RunFacts run, FailingRecords failing, DiffOutput output) {
        this.run = run;
        this.failing = failing;
        this.output = output;
    }

    boolean on() {
        return run.quarantine().on();
    }

    /** A run begins: forgets what was released, and everything once failures are no longer counted. */
    void begin(List<PartitionDiffer.Release> releases) {
        if (!on() && !run.dry()) {
            failing.forEach(run.syncId(), this::forget);
        } else if (!releases.isEmpty()) {
            // also in a dry run: it is what somebody wants, not what the run does
            failing.forEach(run.syncId(), (identifier, record) -> {
                if (releases.stream()
                        .anyMatch(release -> record.lastFailedRun() < release.beforeRun()
                                && release.records().contains(identifier))) {
                    forget(identifier, record);
                }
            });
        }
    }

    /** Whether a removal is left out. */
    boolean withholdsRemoval(String identifier) {
        return withholds(PlannedOperation.DELETE, identifier, 0, 0);
    }

    /** Whether an operation that is due is left out; {@code high} and {@code low} are its row's fingerprint. */
    boolean withholds(PlannedOperation operation, String identifier, long high, long low) {
        if (!on()) {
            return false;
        }
        FailingRecord known = failing.find(run.syncId(), identifier);
        if (known == null) {
            return false;
        }
        boolean same = known.content().equals(content(operation, high, low));
        if (!run.dry() && !same) {
            forget(identifier, known);
        } else if (!run.dry() && known.lastMetRun() != run.syncRunId()) {
            store(identifier, known, known.metBy(run.syncRunId()));
        }
        return same
                && known.failures() >= run.quarantine().maxFailures()
                && known.lastFailedRun() < run.syncRunId()
                && !run.fullSync();
    }

    /** What became of an operation. Unknown is not rejected: it neither counts nor makes up for anything. */
    void learn(Outcome outcome, Instant at) {
        if (!on()) {
            return;
        }
        switch (outcome.getStatus()) {
            case SUCCEEDED -> {
                FailingRecord known = failing.find(run.syncId(), outcome.getIdentifier());
                if (known != null) {
                    forget(outcome.getIdentifier(), known);
                }
            }
            case REJECTED -> rejected(outcome, at);
            case UNKNOWN, NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> {
                // not a word of the destination about this record
            }
        }
    }

    private void rejected(Outcome outcome, Instant at) {
        String identifier = outcome.getIdentifier();
        Fingerprint sent = Fingerprint.fromBytes(outcome.getFingerprint().bytes());
        Fingerprint content = content(outcome.getKind(), sent.high(), sent.low());
        Optional<String> reason = Optional.ofNullable(outcome.getMessage()).map(Quarantine::shortened);
        FailingRecord known = failing.find(run.syncId(), identifier);
        if (known == null || !known.content().equals(content)) {
            if (known != null) {
                forget(identifier, known);
            }
            FailingRecord first = FailingRecord.first(content, outcome.getKind(), run.syncRunId(), at, reason);
            store(identifier, first, first);
        } else if (known.lastFailedRun() != run.syncRunId()) {
            store(identifier, known, known.again(run.syncRunId(), reason));
        }
    }

    /** The source was read to its end: what it did not ask for has left it, or is as the destination has it. */
    void sweep() {
        if (on() && !run.dry()) {
            failing.forEach(run.syncId(), (identifier, record) -> {
                if (record.lastMetRun() < run.syncRunId()) {
                    forget(identifier, record);
                }
            });
        }
    }

    private Fingerprint content(PlannedOperation operation, long high, long low) {
        long mappings = run.quarantine().mappings();
        return operation == PlannedOperation.DELETE
                ? new Fingerprint(DELETED.high() ^ mappings, DELETED.low())
                : new Fingerprint(high ^ mappings, low);
    }

    /** Stores a record and tells the control plane what it does not know yet. */
    private void store(String identifier, FailingRecord before, FailingRecord after) {
        boolean quarantined = after.failures() >= run.quarantine().maxFailures();
        FailingRecord stored = after.listed(quarantined);
        if (quarantined && (!before.listed() || after.failures() != before.failures())) {
            output.quarantined(new QuarantinedRecord(
                    run.syncId(),
                    identifier,
                    after.operation(),
                    after.failures(),
                    after.lastFailedRun(),
                    after.reason().orElse(null),
                    after.failingSince()));
        } else if (!quarantined && before.listed()) {
            output.leftQuarantine(run.syncId(), identifier);
        }
        failing.put(run.syncId(), identifier, stored);
    }

    private void forget(String identifier, FailingRecord record) {
        failing.remove(run.syncId(), identifier);
        if (record.listed()) {
            output.leftQuarantine(run.syncId(), identifier);
        }
    }

    private static String shortened(String reason) {
        if (reason.length() <= MOST_REASON) {
            return reason;
        }
        int end = Character.isHighSurrogate(reason.charAt(MOST_REASON - 1)) ? MOST_REASON - 1 : MOST_REASON;
        return reason.substring(0, end) + "…";
    }
}
