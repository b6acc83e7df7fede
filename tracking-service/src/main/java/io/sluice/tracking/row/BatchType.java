package io.sluice.tracking.row;

import io.sluice.operation.OperationKind;

/** The first part of a tracking file's name (TRK-16, TRK-18). The order is part of the checkpoint format. */
public enum BatchType {
    /** Writes, accepted or rejected: upsert, update, insert, append. */
    RECORDS_UPDATED("records_updated"),
    /** Deletes, accepted or rejected. */
    RECORDS_DELETED("records_deleted"),
    /** Rows that were never sent. */
    RECORDS_INVALID("records_invalid");

    private final String prefix;

    BatchType(String prefix) {
        this.prefix = prefix;
    }

    /** What file names begin with. */
    public String prefix() {
        return prefix;
    }

    /** Where a row of this status and operation belongs. */
    public static BatchType of(RowStatus status, OperationKind operation) {
        if (status.invalid()) {
            return RECORDS_INVALID;
        }
        return operation.removes() ? RECORDS_DELETED : RECORDS_UPDATED;
    }
}
