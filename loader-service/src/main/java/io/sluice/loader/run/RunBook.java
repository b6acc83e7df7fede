package io.sluice.loader.run;

import io.sluice.contract.StageError;
import io.sluice.loader.destination.DestinationSlot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The runs a lane has open in any of its partitions. A run that failed is remembered for a while after its last partition
 * left, so that a partition which comes to it later does not try again in vain. Thread-safe.
 */
public final class RunBook {
    private static final int REMEMBERED_FAILURES = 1_000;

    private final PlanLookup plans;
    private final DestinationSlot slot;
    private final Map<Long, Entry> open = new HashMap<>();
    private final Map<Long, StageError> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StageError> eldest) {
            return size() > REMEMBERED_FAILURES;
        }
    };

    public RunBook(PlanLookup plans, DestinationSlot slot) {
        this.plans = plans;
        this.slot = slot;
    }

    /** A partition opens the run; it must {@link #leave} it. */
    public synchronized LoadRun enter(long syncRunId) {
        Entry entry = open.computeIfAbsent(syncRunId, id -> {
            LoadRun run = new LoadRun(id, plans, slot);
            Optional.ofNullable(failures.get(id)).ifPresent(run::fail);
            return new Entry(run);
        });
        entry.partitions++;
        return entry.run;
    }

    /** Whether no run is open in any partition of this process. */
    public synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    /** A partition is done with the run. */
    public void leave(LoadRun run) {
        boolean last;
        synchronized (this) {
            Entry entry = open.get(run.syncRunId());
            entry.partitions--;
            last = entry.partitions == 0;
            if (last) {
                open.remove(run.syncRunId());
                run.failure().ifPresent(error -> failures.put(run.syncRunId(), error));
            }
        }
        if (last) {
            run.close();
        }
    }

    private static final class Entry {
        private final LoadRun run;
        private int partitions;

        private Entry(LoadRun run) {
            this.run = run;
        }
    }
}
