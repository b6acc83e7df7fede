package io.sluice.differ.diff;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state table BEH 6.2 said as plainly as possible, for whole runs: what must be sent, and what must be remembered. */
final class BehaviorOracle {
    private final SyncBehavior behavior;

    /** Identifier to the payload that was accepted; empty when nobody is sure any more. */
    private final Map<String, Optional<String>> memory = new HashMap<>();

    /** What was accepted since the latest full sync began. */
    private final Set<String> fresh = new HashSet<>();

    final SimulatedDestination destination = new SimulatedDestination();

    final QuarantineOracle quarantine = new QuarantineOracle();

    BehaviorOracle(SyncBehavior behavior) {
        this.behavior = behavior;
    }

    /** What one run must do. */
    static final class Expected {
        final List<String> tracked = new ArrayList<>();
        final Map<String, PlannedOperation> operations = new LinkedHashMap<>();
        final Map<String, String> payloads = new HashMap<>();

        /** What is due, quarantined or not. */
        final Set<String> due = new HashSet<>();

        int quarantined;
        int updates;
        int deletes;
        int invalid;
    }

    void fullSyncBegins() {
        fresh.clear();
    }

    Expected expect(List<Row> source, boolean full) {
        Expected expected = new Expected();
        Set<String> duplicates = duplicates(source);
        for (Row row : source) {
            String payload = SimulatedPartition.payload(row);
            if (row.identifier() == null) {
                expected.tracked.add("NULL_IDENTIFIER " + payload);
                expected.invalid++;
            } else if (duplicates.contains(row.identifier())) {
                expected.tracked.add("DUPLICATE_IDENTIFIER " + payload);
                expected.invalid++;
            } else if (mustSend(row.identifier(), payload, full)) {
                plan(expected, row.identifier(), write(), payload, full);
            }
        }
        if (behavior == SyncBehavior.MIRROR) {
            gone(source)
                    .forEach(identifier ->
                            plan(expected, identifier, PlannedOperation.DELETE, "delete " + identifier, full));
        }
        return expected;
    }

    private boolean mustSend(String identifier, String payload, boolean full) {
        boolean known = memory.containsKey(identifier);
        boolean resend = full && !fresh.contains(identifier);
        return switch (behavior) {
            case UPSERT, UPDATE, MIRROR ->
                !known || resend || !memory.get(identifier).equals(Optional.of(payload));
            case INSERT, DELETE -> !known || resend;
            case APPEND -> !known;
        };
    }

    private void plan(Expected expected, String identifier, PlannedOperation kind, String payload, boolean full) {
        expected.due.add(identifier);
        if (quarantine.withholds(identifier, QuarantineOracle.content(kind, payload), full)) {
            expected.quarantined++;
            return;
        }
        expected.operations.put(identifier, kind);
        expected.payloads.put(identifier, payload);
        if (kind == PlannedOperation.DELETE) {
            expected.deletes++;
        } else {
            expected.updates++;
        }
    }

    /** Everything planned is sent and answered. */
    void carryOut(Expected expected) {
        quarantine.met(expected.due);
        expected.operations.forEach((identifier, kind) -> {
            String payload = expected.payloads.get(identifier);
            OutcomeStatus status = destination.apply(kind, identifier, payload);
            expected.tracked.add(status + " " + payload);
            learn(kind, identifier, payload, status);
        });
    }

    /** Only some of it was read and sent: learns what was answered. */
    void carryOutOnly(Expected expected, List<Outcome> answered, Set<String> read) {
        quarantine.met(read);
        for (Outcome outcome : answered) {
            if (outcome.getStatus() == OutcomeStatus.NULL_IDENTIFIER
                    || outcome.getStatus() == OutcomeStatus.DUPLICATE_IDENTIFIER) {
                continue;
            }
            String identifier = outcome.getIdentifier();
            String payload = expected.payloads.get(identifier);
            if (payload == null) {
                throw new AssertionError(outcome.getKind() + " of " + identifier + " should not have been sent");
            }
            OutcomeStatus status = destination.apply(outcome.getKind(), identifier, payload);
            learn(outcome.getKind(), identifier, payload, status);
        }
    }

    private void learn(PlannedOperation kind, String identifier, String payload, OutcomeStatus status) {
        quarantine.learn(identifier, QuarantineOracle.content(kind, payload), status);
        boolean comparesPayloads = write() == PlannedOperation.UPSERT || write() == PlannedOperation.UPDATE;
        if (behavior == SyncBehavior.MIRROR && kind == PlannedOperation.DELETE) {
            if (status == OutcomeStatus.SUCCEEDED) {
                memory.remove(identifier);
            } else if (status == OutcomeStatus.UNKNOWN) {
                memory.put(identifier, Optional.empty());
            }
        } else if (status == OutcomeStatus.SUCCEEDED) {
            memory.put(identifier, Optional.of(payload));
            fresh.add(identifier);
        } else if (!comparesPayloads) {
            memory.remove(identifier);
        } else if (status == OutcomeStatus.UNKNOWN || Optional.of(payload).equals(memory.get(identifier))) {
            memory.put(identifier, Optional.empty());
        }
    }

    /** The source was read to its end: what is gone from it is forgotten, but by an append, and by a mirror that removes. */
    void sourceWasRead(List<Row> source, Expected expected) {
        quarantine.sourceWasRead(expected.due);
        if (behavior != SyncBehavior.APPEND && behavior != SyncBehavior.MIRROR) {
            gone(source).forEach(memory::remove);
        }
    }

    private Set<String> gone(List<Row> source) {
        Set<String> gone = new HashSet<>(memory.keySet());
        source.forEach(row -> gone.remove(row.identifier()));
        return gone;
    }

    private PlannedOperation write() {
        return switch (behavior) {
            case UPSERT, MIRROR -> PlannedOperation.UPSERT;
            case UPDATE -> PlannedOperation.UPDATE;
            case INSERT -> PlannedOperation.INSERT;
            case APPEND -> PlannedOperation.APPEND;
            case DELETE -> PlannedOperation.DELETE;
        };
    }

    static Set<String> duplicates(List<Row> source) {
        return source.stream()
                .filter(row -> row.identifier() != null)
                .collect(groupingBy(Row::identifier, counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
