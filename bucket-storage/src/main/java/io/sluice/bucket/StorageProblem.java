package io.sluice.bucket;

/** What can be wrong with a bucket: stable code, and what the operator does about it. Whose fault: the installation's. */
public enum StorageProblem {
    /** The bucket itself is not there. */
    MISSING("TRACKING_BUCKET_MISSING", "Mount or create it; tracking goes on by itself"),
    /** No room. */
    FULL("TRACKING_BUCKET_FULL", "Free or add space; tracking goes on by itself"),
    /** No permission. */
    DENIED("TRACKING_BUCKET_DENIED", "Give the service's user read and write permission; tracking goes on by itself"),
    /** Anything else. */
    FAILED("TRACKING_BUCKET_FAILED", "Check the storage's health; tracking tries again by itself");

    private final String code;
    private final String remedy;

    StorageProblem(String code, String remedy) {
        this.code = code;
        this.remedy = remedy;
    }

    /** Stable code. */
    public String code() {
        return code;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
