package io.sluice.loader.testing;

import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.Operation;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.PlannedTable;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Writeback;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Run plans and operations for tests. */
public final class Plans {
    private Plans() {}

    /** A plan with an identifier {@code id} to {@code key}, {@code name} to {@code label}, a constant and the run's id. */
    public static RunPlan plan(long syncRunId, long syncId, long destinationId, Integer batchSize) {
        return plan(
                syncRunId,
                syncId,
                destinationId,
                batchSize,
                List.of(
                        column("id", "key", true, true),
                        column("name", "label", false, true),
                        mapping(new FromConstant("\"sluice\""), "origin", false, true),
                        mapping(new FromSyncMetadata("sync_run_id"), "run", false, true)));
    }

    /** The same plan, of a run that its source logs. */
    public static RunPlan logged(RunPlan plan) {
        return RunPlan.newBuilder(plan).setWriteback(new Writeback(7)).build();
    }

    public static RunPlan plan(
            long syncRunId, long syncId, long destinationId, Integer batchSize, List<PlannedMapping> mappings) {
        return RunPlan.newBuilder()
                .setSyncRunId(syncRunId)
                .setSyncId(syncId)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(new PlannedEndpoint(1L, "postgres", "table", 1L, "db.public.customers"))
                .setDestination(new PlannedEndpoint(destinationId, "scripted", "table", 2L, "customers"))
                .setQuery(new PlannedTable("db", "public", "customers"))
                .setColumns(List.of(new PlannedColumn("id", "number"), new PlannedColumn("name", "string")))
                .setIdentifierColumn("id")
                .setMappings(mappings)
                .setBehavior(PlannedBehavior.UPSERT)
                .setStateMode(PlannedStateMode.PLATFORM)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(batchSize)
                .setStartedAt(Instant.EPOCH)
                .build();
    }

    public static PlannedMapping column(String column, String field, boolean identifier, boolean syncNulls) {
        return mapping(new FromColumn(column), field, identifier, syncNulls);
    }

    /** A mapping without further options. */
    public static PlannedMapping mapping(Object source, String field, boolean identifier, boolean syncNulls) {
        return PlannedMapping.newBuilder()
                .setSource(source)
                .setField(field)
                .setPrimaryIdentifier(identifier)
                .setSyncNulls(syncNulls)
                .build();
    }

    public static Operation upsert(String identifier) {
        return operation(
                PlannedOperation.UPSERT,
                identifier,
                "{\"id\":\"" + identifier + "\",\"name\":\"n" + identifier + "\"}");
    }

    public static Operation delete(String identifier) {
        return operation(PlannedOperation.DELETE, identifier, "{\"id\":\"" + identifier + "\"}");
    }

    public static Operation operation(PlannedOperation kind, String identifier, String payload) {
        return new Operation(
                kind,
                identifier,
                new RecordFingerprint(new byte[16]),
                ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)),
                -1);
    }
}
