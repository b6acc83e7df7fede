package io.sluice.tracking.ledger;

import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.TrackedRow;
import java.util.List;

/**
 * One file of a cut.
 *
 * @param syncRunId the sync run
 * @param type first part of the name
 * @param sequence counts the files of this run and type in this partition, from 0
 * @param rows in the order they were consumed; at least one
 */
public record PlannedFile(long syncRunId, BatchType type, int sequence, List<TrackedRow> rows) {
    public PlannedFile {
        rows = List.copyOf(rows);
    }
}
