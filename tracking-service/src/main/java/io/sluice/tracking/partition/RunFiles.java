package io.sluice.tracking.partition;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.ledger.PlannedFile;

/** Port to the run folders, as one partition sees them. */
public interface RunFiles {

    /**
     * Makes sure the run's folder has its metadata.json (TRK-30).
     *
     * @throws RunPlanMissingException when nobody knows the run
     */
    void begin(long syncRunId) throws StorageException, RunPlanMissingException;

    /** The file numbers that follow this partition's files in the run's folder. */
    FileSequence sequence(long syncRunId) throws StorageException, RunPlanMissingException;

    /** Writes one file whole to its final key, over whatever is there. */
    void write(PlannedFile file) throws StorageException, RunPlanMissingException;
}
