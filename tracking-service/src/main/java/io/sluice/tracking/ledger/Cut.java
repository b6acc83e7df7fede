package io.sluice.tracking.ledger;

import io.sluice.contract.LoadEnded;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that must be done to move a partition's checkpoint forward; fixed once it is made.
 *
 * @param intent promises the files; to be committed before the first is written
 * @param promised whether {@code intent} is committed already (by whoever began this cut and did not finish it)
 * @param files at most one per run and batch type
 * @param progress the runs that have new rows
 * @param ended the runs that are over in this partition
 * @param after to be committed when all is done
 */
public record Cut(
        Checkpoint intent,
        boolean promised,
        List<PlannedFile> files,
        List<RunProgress> progress,
        List<LoadEnded> ended,
        Checkpoint after) {
    public Cut {
        files = List.copyOf(files);
        progress = List.copyOf(progress);
        ended = List.copyOf(ended);
    }

    /** The runs whose numbers the intent must hold. */
    public Set<Long> promisedRuns() {
        return files.stream().map(PlannedFile::syncRunId).collect(Collectors.toUnmodifiableSet());
    }
}
