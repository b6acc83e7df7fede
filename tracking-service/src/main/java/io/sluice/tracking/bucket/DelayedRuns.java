package io.sluice.tracking.bucket;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.run.RunFolder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs whose files wait, as far as this process has told. It takes back what it has told, whichever replica uploaded the
 * files in the end. Thread-safe.
 */
public final class DelayedRuns {
    private final Spool spool;
    private final Delays delays;
    private final Set<Waiting> told = ConcurrentHashMap.newKeySet();

    private record Waiting(long bucketId, RunFolder folder) {}

    public DelayedRuns(Spool spool, Delays delays) {
        this.spool = spool;
        this.delays = delays;
    }

    /** A file of the run is in the spool; told each time, since another replica may have taken it back meanwhile. */
    void spooled(long bucketId, RunFolder folder) {
        told.add(new Waiting(bucketId, folder));
        delays.tell(folder.syncRunId(), true);
    }

    /** A file of the run still waits; told once. */
    void waits(long bucketId, RunFolder folder) {
        if (told.add(new Waiting(bucketId, folder))) {
            delays.tell(folder.syncRunId(), true);
        }
    }

    /** A file of the run has left the spool. */
    void moved(long bucketId, RunFolder folder) {
        told.add(new Waiting(bucketId, folder));
    }

    /** Takes back what is over. */
    void settle() throws StorageException {
        for (Waiting waiting : told) {
            if (spool.keys(waiting.bucketId(), waiting.folder()).isEmpty()) {
                delays.tell(waiting.folder().syncRunId(), false);
                told.remove(waiting);
            }
        }
    }
}
