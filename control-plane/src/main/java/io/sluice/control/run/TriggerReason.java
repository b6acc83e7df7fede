package io.sluice.control.run;

/**
 * Why a run exists (RUN-20).
 *
 * @param tag short word, for example {@code API}
 * @param detail one sentence for people
 */
public record TriggerReason(String tag, String detail) {

    /** Somebody called the API. */
    public static TriggerReason api() {
        return new TriggerReason("API", "Triggered via API");
    }

    /** Somebody wants to know what a run would do (DRY-3). */
    public static TriggerReason dryRun() {
        return new TriggerReason("Dry Run", "Dry run via API");
    }

    /** The schedule was due. */
    public static TriggerReason scheduled() {
        return new TriggerReason("Scheduled", "Triggered by the sync's schedule");
    }

    /** The sync before this one succeeded (RUN-11). */
    public static TriggerReason sequence(long parentSyncId) {
        return new TriggerReason("Sequence", "Triggered by the success of sync " + parentSyncId);
    }
}
