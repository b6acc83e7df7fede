package io.sluice.tracking.partition;

/** The run plans topic does not hold a run that the outcomes topic speaks of. */
public final class RunPlanMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long syncRunId;

    public RunPlanMissingException(long syncRunId) {
        super("TRACKING_RUN_PLAN_MISSING: the run plans topic does not hold sync run " + syncRunId
                + ", so the organization and sync it belongs to are unknown. Check that the control plane and tracking use the"
                + " same Kafka cluster");
        this.syncRunId = syncRunId;
    }

    /** The run. */
    public long syncRunId() {
        return syncRunId;
    }
}
