package io.sluice.tracking.ledger;

import io.sluice.tracking.row.BatchType;

/**
 * How far the files of one run have come in one partition.
 *
 * @param updated next sequence number of {@link BatchType#RECORDS_UPDATED}, from 0
 * @param deleted the same for {@link BatchType#RECORDS_DELETED}
 * @param invalid the same for {@link BatchType#RECORDS_INVALID}
 * @param rows rows in all files so far; for progress only
 */
public record FileSequence(int updated, int deleted, int invalid, long rows) {
    /** No file yet. */
    public static final FileSequence START = new FileSequence(0, 0, 0, 0);

    public FileSequence {
        if (updated < 0 || deleted < 0 || invalid < 0 || rows < 0) {
            throw new IllegalArgumentException("sequence numbers start at 0");
        }
    }

    /** The next number of a batch type. */
    public int next(BatchType type) {
        return switch (type) {
            case RECORDS_UPDATED -> updated;
            case RECORDS_DELETED -> deleted;
            case RECORDS_INVALID -> invalid;
        };
    }

    /** As it is once the next file of a type, with that many rows, is written. */
    public FileSequence after(BatchType type, long written) {
        return withNext(type, next(type) + 1, rows + written);
    }

    /** As it is when the files of a type up to {@code last} exist. */
    public FileSequence atLeast(BatchType type, int last) {
        return withNext(type, Math.max(next(type), last + 1), rows);
    }

    private FileSequence withNext(BatchType type, int next, long total) {
        return switch (type) {
            case RECORDS_UPDATED -> new FileSequence(next, deleted, invalid, total);
            case RECORDS_DELETED -> new FileSequence(updated, next, invalid, total);
            case RECORDS_INVALID -> new FileSequence(updated, deleted, next, total);
        };
    }
}
