package io.sluice.tracking.partition;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.ledger.Cut;
import io.sluice.tracking.ledger.PlannedFile;
import java.util.Set;

/**
 * Makes one cut: promise, files, announcements, commit. After a failure {@link #run} goes on where it stopped; the promise
 * is repeated literally until it is known to be committed, so that no file is written on an unknown one.
 */
final class CutExecution {
    private final Cut cut;
    private boolean promised;
    private int filesWritten;
    private boolean announced;

    CutExecution(Cut cut) {
        this.cut = cut;
        this.promised = cut.promised() || cut.files().isEmpty();
    }

    Cut cut() {
        return cut;
    }

    void run(Checkpoints checkpoints, RunFiles files, Announcements announcements)
            throws StorageException, RunPlanMissingException {
        if (!promised) {
            checkpoints.commit(cut.intent(), cut.promisedRuns());
            promised = true;
        }
        while (filesWritten < cut.files().size()) {
            PlannedFile file = cut.files().get(filesWritten);
            files.write(file);
            filesWritten++;
        }
        if (!announced) {
            announcements.announce(cut.progress(), cut.ended());
            announced = true;
        }
        checkpoints.commit(cut.after(), Set.of());
    }
}
