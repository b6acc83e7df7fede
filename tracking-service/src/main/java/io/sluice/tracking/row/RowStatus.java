package io.sluice.tracking.row;

import io.sluice.record.InvalidReason;

/** The final word on one row, as the tracking column {@code status} spells it (TRK-21, HIS-4, HIS-5). */
public enum RowStatus {
    /** The destination accepted the operation. */
    SUCCEEDED("succeeded"),
    /** Sent and not accepted, or sent and nobody knows. */
    REJECTED("rejected"),
    /** Not sent: the identifier is null. The literal is a string, not SQL NULL. */
    NULL(InvalidReason.NULL_IDENTIFIER.status()),
    /** Not sent: the identifier occurs more than once. */
    DUPLICATE(InvalidReason.DUPLICATE_IDENTIFIER.status());

    private final String word;

    RowStatus(String word) {
        this.word = word;
    }

    /** The literal in the files. */
    public String word() {
        return word;
    }

    /** Whether the row was stopped before sending. */
    public boolean invalid() {
        return this == NULL || this == DUPLICATE;
    }
}
