package io.sluice.bucket;

/** What can be wrong with a bucket: stable code, and what its owner does about it. Whose fault: the bucket's owner's. */
public enum StorageProblem {
    /** The bucket itself is not there. */
    MISSING("TRACKING_BUCKET_MISSING", "Mount or create it; tracking goes on by itself"),
    /** No room. */
    FULL("TRACKING_BUCKET_FULL", "Free or add space; tracking goes on by itself"),
    /** No permission, or credentials nobody knows. */
    DENIED(
            "TRACKING_BUCKET_DENIED",
            "Check the credentials, and give them permission to write, read, list and delete; tracking goes on by itself"),
    /** No answer, or one that asks to come back later. */
    UNREACHABLE(
            "TRACKING_BUCKET_UNREACHABLE",
            "Check the network, the endpoint and the store's health; tracking tries again by itself"),
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

    /** What an HTTP status of an object store says, when the store's own error code does not say more. */
    public static StorageProblem ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> DENIED;
            case 404 -> MISSING;
            case 507 -> FULL;
            case 408, 429, 500, 502, 503, 504 -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
