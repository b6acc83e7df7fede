package io.sluice.extractor.read;

import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RunPlan;
import java.time.Instant;
import java.util.List;

/** Run plans for tests. */
public final class Plans {
    private Plans() {}

    /** An upsert of run 94 of sync 61, state in the differ. */
    public static RunPlan upsert() {
        PlannedEndpoint end = new PlannedEndpoint(1L, "fake", "table", 1L, "t");
        return RunPlan.newBuilder()
                .setSyncRunId(94)
                .setSyncId(61)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(end)
                .setDestination(end)
                .setQuery(new PlannedSql("select 1 as id"))
                .setColumns(List.of(new PlannedColumn("id", "number")))
                .setIdentifierColumn("id")
                .setMappings(List.of())
                .setBehavior(PlannedBehavior.UPSERT)
                .setStateMode(PlannedStateMode.PLATFORM)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(Instant.EPOCH)
                .build();
    }
}
