package io.sluice.loader.run;

import io.sluice.connector.destination.DestinationWriter;
import io.sluice.contract.StageError;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.outcome.LoadTally;
import io.sluice.loader.position.OpenRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run whose bracket is open in one partition: its counters and its writers there. Used by that partition's worker. */
final class PartitionRun {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRun.class);

    private final LoadRun run;
    private final long syncId;
    private final boolean countedFromStart;
    private final List<DestinationWriter> writers = new ArrayList<>();
    private LoadTally tally;

    PartitionRun(LoadRun run, long syncId, boolean countedFromStart) {
        this(run, syncId, countedFromStart, LoadTally.ZERO);
    }

    private PartitionRun(LoadRun run, long syncId, boolean countedFromStart, LoadTally tally) {
        this.run = run;
        this.syncId = syncId;
        this.countedFromStart = countedFromStart;
        this.tally = tally;
    }

    static PartitionRun restored(LoadRun run, OpenRun saved) {
        saved.failure().ifPresent(run::fail);
        return new PartitionRun(run, saved.syncId(), true, saved.tally());
    }

    OpenRun saved() {
        return new OpenRun(run.syncRunId(), syncId, tally, run.failure());
    }

    LoadRun run() {
        return run;
    }

    LoadTally tally() {
        return tally;
    }

    long syncId() {
        return syncId;
    }

    /** Whether the tally holds all that happened since the bracket was opened. */
    boolean countedFromStart() {
        return countedFromStart;
    }

    void count(LoadTally more) {
        tally = tally.plus(more);
    }

    void countNotAttempted(long operations) {
        tally = tally.plusNotAttempted(operations);
    }

    /** Writers for so many calls side by side; empty when the run has failed. */
    Optional<List<DestinationWriter>> writers(LoadRun.Ready ready, int calls, Opening opening)
            throws AbandonedException {
        while (writers.size() < calls) {
            Optional<DestinationWriter> opened = run.openWriter(ready, opening);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            writers.add(opened.get());
        }
        return Optional.of(writers.subList(0, calls));
    }

    Optional<StageError> failure() {
        return run.failure();
    }

    void closeWriters() {
        for (DestinationWriter writer : writers) {
            try {
                writer.close();
            } catch (RuntimeException | LinkageError failed) {
                LOG.warn("closing a writer failed: {}", failed.getClass().getName());
            }
        }
        writers.clear();
    }
}
