package io.sluice.support.removal;

import io.sluice.contract.StageError;

/**
 * The mass-removal guard: a suddenly empty source, or a list of deletes that suddenly holds everything, is more often an
 * accident than a wish.
 *
 * @param maxPercent most percent of the synced records that may be removed at once
 * @param minRecords up to this many removals are always allowed
 */
public record RemovalLimit(int maxPercent, long minRecords) {
    /** Stable code of a run that was stopped by the guard. */
    public static final String CODE = "REMOVALS_REFUSED";

    /** Whether that many may go. */
    public boolean allows(long removals, long synced) {
        return removals <= minRecords || removals * 100.0 <= (double) maxPercent * synced;
    }

    /** What the user is told. */
    public StageError refusal(long removals, long synced) {
        return new StageError(
                CODE,
                "This run would remove " + removals + " records of the " + synced + " that are synced, more than the "
                        + maxPercent + " % and the " + minRecords + " records that the sync's removal guard allows."
                        + " Nothing was removed. Look at the source first; if it is right, trigger the sync with"
                        + " confirm_removals=true, or change removal_guard of the sync.");
    }
}
