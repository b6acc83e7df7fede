package io.sluice.tracking.partition;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.ledger.Checkpoint;
import io.sluice.tracking.ledger.CutPolicy;
import io.sluice.tracking.ledger.PartitionLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Tracks one partition from its checkpoint on. Not thread-safe.
 *
 * <p>Every method may fail with an exception of a port. The tracker is then where it was before the step that failed:
 * {@link #position} tells which message it wants next, and calling again goes on.
 */
public final class PartitionTracker {
    private final PartitionLedger ledger;
    private final Checkpoints checkpoints;
    private final RunFiles files;
    private final Announcements announcements;
    private final Clock clock;
    private final Set<Long> begun = new HashSet<>();
    private CutExecution unfinished;

    public PartitionTracker(
            CutPolicy policy,
            Checkpoint from,
            Checkpoints checkpoints,
            RunFiles files,
            Announcements announcements,
            Clock clock) {
        this.ledger = new PartitionLedger(policy, from);
        this.checkpoints = checkpoints;
        this.files = files;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** The next offset this tracker wants. */
    public long position() {
        return ledger.position();
    }

    /** Rows that are in no file yet. */
    public int bufferedRows() {
        return ledger.bufferedRows();
    }

    /** Whether a cut failed on its way and waits to be finished. */
    public boolean hasUnfinishedCut() {
        return unfinished != null;
    }

    /** Consumes one message, and cuts when that makes it due. */
    public void accept(long offset, OutcomeMessage message) throws StorageException, RunPlanMissingException {
        makeWay(offset);
        switch (message) {
            case OutcomeMessage.RunOpened opened -> {
                open(opened.syncRunId());
                ledger.pass(offset, now());
            }
            case OutcomeMessage.RowsDecided decided -> {
                open(decided.syncRunId());
                ledger.track(offset, decided.syncRunId(), decided.rows(), now());
            }
            case OutcomeMessage.RunClosed closed -> ledger.end(offset, closed.end(), now());
        }
        cutIfDue();
    }

    /** Passes over a message that is parked elsewhere. */
    public void skip(long offset) throws StorageException, RunPlanMissingException {
        makeWay(offset);
        ledger.pass(offset, now());
        cutIfDue();
    }

    /** Finishes what failed, and cuts when the time has come. */
    public void cutIfDue() throws StorageException, RunPlanMissingException {
        if (unfinished != null || ledger.cutDue(now())) {
            cut();
        }
    }

    /**
     * Writes what is buffered, due or not: the partition is about to go to another owner. Does nothing while the tracker is
     * still inside a cut that an earlier owner promised; the next owner makes it.
     */
    public void flush() throws StorageException, RunPlanMissingException {
        if (unfinished != null) {
            cut();
        }
        if (ledger.mayCut()) {
            cut();
        }
    }

    /** An unfinished cut comes first, and a promised one that ends before this offset. */
    private void makeWay(long offset) throws StorageException, RunPlanMissingException {
        if (unfinished != null || ledger.mustCutBefore(offset)) {
            cut();
        }
    }

    private void open(long syncRunId) throws StorageException, RunPlanMissingException {
        if (!begun.contains(syncRunId)) {
            files.begin(syncRunId);
            begun.add(syncRunId);
        }
        if (!ledger.knows(syncRunId)) {
            ledger.open(syncRunId, files.sequence(syncRunId));
        }
    }

    private void cut() throws StorageException, RunPlanMissingException {
        if (unfinished == null) {
            unfinished = new CutExecution(ledger.cut());
        }
        unfinished.run(checkpoints, files, announcements);
        ledger.settle(unfinished.cut());
        unfinished.cut().ended().forEach(end -> begun.remove(end.getSyncRunId()));
        unfinished = null;
    }

    private Instant now() {
        return clock.instant();
    }
}
