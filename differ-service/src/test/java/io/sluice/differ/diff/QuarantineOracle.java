package io.sluice.differ.diff;

import static java.util.stream.Collectors.toMap;

import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The rule of docs/adr/0200 said as plainly as possible, for whole runs. */
final class QuarantineOracle {
    private final Map<String, Failing> failing = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private int most;

    private record Failing(String content, int failures) {}

    static String content(PlannedOperation kind, String payload) {
        return kind == PlannedOperation.DELETE ? "deleted" : payload;
    }

    /** A run begins; after {@code mostFailures} records are left alone, 0: never. */
    void begin(int mostFailures) {
        most = mostFailures;
        changed.clear();
        if (most == 0) {
            failing.clear();
        }
    }

    void release(Set<String> identifiers) {
        failing.keySet().removeAll(identifiers);
    }

    void releaseAll() {
        failing.clear();
    }

    boolean withholds(String identifier, String content, boolean full) {
        Failing known = failing.get(identifier);
        if (known != null && !known.content().equals(content)) {
            changed.add(identifier);
            return false;
        }
        return known != null && !full && known.failures() >= most;
    }

    /** These were read: what has changed begins anew. */
    void met(Set<String> identifiers) {
        changed.stream().filter(identifiers::contains).forEach(failing::remove);
    }

    void learn(String identifier, String content, OutcomeStatus status) {
        if (most > 0 && status == OutcomeStatus.REJECTED) {
            failing.merge(
                    identifier,
                    new Failing(content, 1),
                    (before, first) ->
                            before.content().equals(content) ? new Failing(content, before.failures() + 1) : first);
        } else if (status == OutcomeStatus.SUCCEEDED) {
            failing.remove(identifier);
        }
    }

    /** The source was read to its end: what was not due is no longer failing. */
    void sourceWasRead(Set<String> due) {
        failing.keySet().retainAll(due);
    }

    /** What is in quarantine: identifier to failures. */
    Map<String, Integer> listed() {
        return failing.entrySet().stream()
                .filter(entry -> entry.getValue().failures() >= most)
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().failures()));
    }

    /** How many records fail, in quarantine or not. */
    int failing() {
        return failing.size();
    }
}
