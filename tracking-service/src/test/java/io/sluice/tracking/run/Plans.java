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
        return new RunPlan(
                run,
                SYNC,
                ORGANIZATION,
                11L,
                new PlannedEndpoint(21L, "postgres", "table", 22L, "shop.public.customers"),
                new PlannedEndpoint(31L, "webhook", "endpoint", 32L, "customers"),
                new PlannedTable("shop", "public", "customers"),
                List.of(
                        new PlannedColumn("active", "boolean"),
                        new PlannedColumn("id", "number"),
                        new PlannedColumn("Größe \"L\"", "string"),
                        new PlannedColumn("tags", "array")),
                "id",
                List.of(new PlannedMapping(new FromColumn("id"), "id", true, true)),
                PlannedBehavior.MIRROR,
                PlannedStateMode.PLATFORM,
                false,
                List.of(),
                null,
                Instant.parse("2026-11-21T08:00:00.5Z"));
    }
}
