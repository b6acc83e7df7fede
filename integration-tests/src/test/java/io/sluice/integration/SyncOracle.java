package io.sluice.integration;

import io.sluice.operation.SyncBehavior;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a sync must do, in plain code: the state table of requirement BEH 6.2, identifiers of KEY-5 to KEY-9 and the counters
 * of HIS-8, over a destination that refuses rows with {@link #UNLUCKY}. It knows nothing of batches, topics and state modes;
 * all modes must agree with it.
 */
final class SyncOracle {
    /** The destination's check constraint rejects this number. */
    static final int UNLUCKY = 13;

    private final SyncBehavior behavior;
    private final boolean keepsState;
    private final Map<String, Row> accepted = new HashMap<>();
    private final TreeMap<String, Row> destination = new TreeMap<>();

    /** A row of either side. */
    record Row(String id, String text, int number) {}

    /** What the run's counters must say. */
    record Counters(long source, long updates, long deletes, long invalid, long succeeded, long rejected) {}

    SyncOracle(SyncBehavior behavior, boolean keepsState, List<Row> foreign) {
        this.behavior = behavior;
        this.keepsState = keepsState;
        foreign.forEach(row -> destination.put(row.id(), row));
    }

    /** The destination's rows by identifier. */
    Map<String, Row> destination() {
        return destination;
    }

    /** One run over these source rows. */
    Counters run(List<Row> source, boolean full) {
        if (!keepsState) {
            accepted.clear();
        }
        Map<String, Integer> occurrences = new HashMap<>();
        source.forEach(row -> occurrences.merge(String.valueOf(row.id()), 1, Integer::sum));
        long updates = 0;
        long deletes = 0;
        long invalid = 0;
        long succeeded = 0;
        Set<String> present = new HashSet<>();
        for (Row row : source) {
            if (row.id() == null || occurrences.get(row.id()) > 1) {
                invalid++;
                present.add(row.id());
                continue;
            }
            present.add(row.id());
            Optional<Boolean> accepts = send(row, full);
            if (accepts.isPresent()) {
                updates += behavior == SyncBehavior.DELETE ? 0 : 1;
                deletes += behavior == SyncBehavior.DELETE ? 1 : 0;
                succeeded += accepts.get() ? 1 : 0;
            }
        }
        Set<String> gone = new HashSet<>(accepted.keySet());
        gone.removeAll(present);
        if (behavior == SyncBehavior.MIRROR) {
            gone.forEach(destination::remove);
            deletes += gone.size();
            succeeded += gone.size();
        }
        accepted.keySet().removeAll(gone);
        long processed = updates + deletes;
        return new Counters(source.size(), updates, deletes, invalid, succeeded, processed - succeeded);
    }

    /** Whether the destination accepted the row; empty when nothing is sent. */
    private Optional<Boolean> send(Row row, boolean full) {
        Row known = accepted.get(row.id());
        boolean once = behavior == SyncBehavior.INSERT || behavior == SyncBehavior.DELETE;
        if (!full && known != null && (once || row.equals(known))) {
            return Optional.empty();
        }
        boolean exists = destination.containsKey(row.id());
        boolean accepts =
                switch (behavior) {
                    case UPSERT, MIRROR -> row.number() != UNLUCKY;
                    case UPDATE -> exists && row.number() != UNLUCKY;
                    case INSERT -> exists || row.number() != UNLUCKY;
                    case DELETE -> true;
                    case APPEND -> throw new IllegalArgumentException("a table is no log");
                };
        if (accepts) {
            accepted.put(row.id(), row);
            write(row, exists);
        }
        return Optional.of(accepts);
    }

    private void write(Row row, boolean exists) {
        if (behavior == SyncBehavior.DELETE) {
            destination.remove(row.id());
        } else if (behavior != SyncBehavior.INSERT || !exists) {
            destination.put(row.id(), row);
        }
    }
}
