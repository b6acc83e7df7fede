package io.sluice.tracking.run;

import io.sluice.contract.FromColumn;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.PlannedTable;
import io.sluice.contract.RunPlan;
import java.time.Instant;
import java.util.List;

/** Run plans for tests. */
public final class Plans {
    public static final long ORGANIZATION = 1;
    public static final long SYNC = 2;

    private Plans() {}

    public static RunPlan of(long run) {
        return RunPlan.newBuilder()
                .setSyncRunId(run)
                .setSyncId(SYNC)
                .setOrganizationId(ORGANIZATION)
                .setWorkspaceId(11L)
                .setSource(new PlannedEndpoint(21L, "postgres", "table", 22L, "shop.public.customers"))
                .setDestination(new PlannedEndpoint(31L, "webhook", "endpoint", 32L, "customers"))
                .setQuery(new PlannedTable("shop", "public", "customers"))
                .setColumns(List.of(
                        new PlannedColumn("active", "boolean"),
                        new PlannedColumn("id", "number"),
                        new PlannedColumn("Größe \"L\"", "string"),
                        new PlannedColumn("tags", "array")))
                .setIdentifierColumn("id")
                .setMappings(List.of(PlannedMapping.newBuilder()
                        .setSource(new FromColumn("id"))
                        .setField("id")
                        .setPrimaryIdentifier(true)
                        .setSyncNulls(true)
                        .build()))
                .setBehavior(PlannedBehavior.MIRROR)
                .setStateMode(PlannedStateMode.PLATFORM)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(Instant.parse("2026-11-21T08:00:00.5Z"))
                .build();
    }
}
