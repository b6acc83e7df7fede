package io.sluice.record;

/**
 * Why a record was stopped before sending (requirements KEY-5 to KEY-7, HIS-4).
 *
 * <p>{@link #status()} is the literal of the tracking files: the string {@code NULL}, not SQL NULL (TRK-21).
 */
public enum InvalidReason {
    /** The primary identifier is null. */
    NULL_IDENTIFIER("NULL"),
    /** Another record of the same run has the same primary identifier; all of them are invalid. */
    DUPLICATE_IDENTIFIER("DUPLICATE");

    private final String status;

    InvalidReason(String status) {
        this.status = status;
    }

    /** The value of the tracking column {@code status}. */
    public String status() {
        return status;
    }
}
