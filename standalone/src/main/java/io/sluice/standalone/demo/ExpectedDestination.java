package io.sluice.standalone.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A small model of one sync: told the source rows of each run, it says what the counters must be and what the
 * destination must hold. It shares no code with the stack, so that the demo's verdict means something.
 */
final class ExpectedDestination {
    private final boolean mirror;
    private final Predicate<Row> acceptable;
    private final Map<String, Row> accepted = new TreeMap<>();

    /**
     * A destination that holds nothing yet.
     *
     * @param mirror whether records that are gone from the source are deleted
     * @param acceptable what the destination does not reject
     */
    ExpectedDestination(boolean mirror, Predicate<Row> acceptable) {
        this.mirror = mirror;
        this.acceptable = acceptable;
    }

    /** The counters of a run over these source rows; the model moves on. */
    RunCounts run(List<Row> source) {
        Map<String, List<Row>> byIdentifier = new HashMap<>();
        long invalid = 0;
        for (Row row : source) {
            if (row.identifier().isPresent()) {
                byIdentifier
                        .computeIfAbsent(row.identifier().get(), identifier -> new ArrayList<>())
                        .add(row);
            } else {
                invalid++;
            }
        }
        long updates = 0;
        long rejected = 0;
        for (Map.Entry<String, List<Row>> entry : byIdentifier.entrySet()) {
            List<Row> rows = entry.getValue();
            if (rows.size() > 1) {
                invalid += rows.size();
            } else if (!rows.getFirst().equals(accepted.get(entry.getKey()))) {
                updates++;
                if (acceptable.test(rows.getFirst())) {
                    accepted.put(entry.getKey(), rows.getFirst());
                } else {
                    rejected++;
                }
            }
        }
        long before = accepted.size();
        if (mirror) {
            accepted.keySet().retainAll(byIdentifier.keySet());
        }
        long deletes = before - accepted.size();
        long processed = updates + deletes;
        return new RunCounts(source.size(), updates, deletes, invalid, processed, processed - rejected, rejected);
    }

    /** What the destination must hold now, ordered by identifier. */
    List<Row> rows() {
        return List.copyOf(accepted.values());
    }
}
