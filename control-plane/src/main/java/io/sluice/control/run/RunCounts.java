package io.sluice.control.run;

/**
 * What differ and loader counted, of one partition or added up over many. Everything in rows (KEY-6).
 *
 * @param sourceRecords rows of the source, invalid ones included
 * @param unchanged rows whose fingerprint was the accepted one
 * @param plannedUpdates writes planned
 * @param plannedDeletes deletes planned
 * @param invalid rows that were not sent
 * @param updatesSucceeded writes accepted
 * @param updatesFailed writes not accepted
 * @param deletesSucceeded deletes accepted
 * @param deletesFailed deletes not accepted
 * @param notAttempted operations planned and never tried
 */
public record RunCounts(
        long sourceRecords,
        long unchanged,
        long plannedUpdates,
        long plannedDeletes,
        long invalid,
        long updatesSucceeded,
        long updatesFailed,
        long deletesSucceeded,
        long deletesFailed,
        long notAttempted) {
    /** Nothing at all. */
    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public RunCounts plus(RunCounts other) {
        return new RunCounts(
                sourceRecords + other.sourceRecords,
                unchanged + other.unchanged,
                plannedUpdates + other.plannedUpdates,
                plannedDeletes + other.plannedDeletes,
                invalid + other.invalid,
                updatesSucceeded + other.updatesSucceeded,
                updatesFailed + other.updatesFailed,
                deletesSucceeded + other.deletesSucceeded,
                deletesFailed + other.deletesFailed,
                notAttempted + other.notAttempted);
    }

    /** {@code source_record_updates}: changed rows that were sent. */
    public long sourceRecordUpdates() {
        return updatesSucceeded + updatesFailed;
    }

    /** {@code source_record_deletes}: removed rows whose delete was sent. */
    public long sourceRecordDeletes() {
        return deletesSucceeded + deletesFailed;
    }

    /** {@code records_processed}: everything sent; the sum of the two above, and of the two below (HIS-8). */
    public long recordsProcessed() {
        return sourceRecordUpdates() + sourceRecordDeletes();
    }

    /** {@code records_updated}: accepted by the destination. */
    public long recordsUpdated() {
        return updatesSucceeded + deletesSucceeded;
    }

    /** {@code records_failed}: not accepted by the destination. */
    public long recordsFailed() {
        return updatesFailed + deletesFailed;
    }

    /** Whether everything that was planned was tried, as it must be when a run completes. */
    public boolean allAttempted() {
        return notAttempted == 0 && plannedUpdates == sourceRecordUpdates() && plannedDeletes == sourceRecordDeletes();
    }
}
