package io.sluice.differ.diff;

/**
 * When a record that the destination keeps rejecting is left alone.
 *
 * @param maxFailures after so many runs in a row that were rejected with the same content; 0: never
 * @param mappings stands for the sync's field mappings: other mappings make other content of the same row
 */
public record QuarantineRule(int maxFailures, long mappings) {
    /** Every record is attempted in every run. */
    public static final QuarantineRule OFF = new QuarantineRule(0, 0);

    /** Whether failures are counted at all. */
    boolean on() {
        return maxFailures > 0;
    }
}
