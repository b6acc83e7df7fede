package io.sluice.tracking.run;

import io.sluice.contract.RunPlan;
import io.sluice.tracking.row.BatchType;

/**
 * Where a run's files are (TRK-14, TRK-16).
 *
 * @param organizationId the organization
 * @param syncId the sync
 * @param syncRunId the sync run
 */
public record RunFolder(long organizationId, long syncId, long syncRunId) {

    /** The folder of the run a plan describes. */
    public static RunFolder of(RunPlan plan) {
        return new RunFolder(plan.getOrganizationId(), plan.getSyncId(), plan.getSyncRunId());
    }

    /** Key prefix of everything in the folder. */
    public String prefix() {
        return "sync_tracking_datasets/" + organizationId + "/" + syncId + "/" + syncRunId + "/";
    }

    /** Key of the metadata document. */
    public String metadataKey() {
        return prefix() + "metadata.json";
    }

    /** Key prefix of the files of one batch type, up to their number. */
    public String filesPrefix(BatchType type) {
        return prefix() + type.prefix() + ".";
    }

    /** Key of a file. */
    public String fileKey(BatchType type, long number) {
        return filesPrefix(type) + number + ".parquet";
    }
}
