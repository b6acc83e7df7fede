package io.sluice.tracking.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.RunPlan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** metadata.json (TRK-27 to TRK-30): what one needs to read a run's files. The same plan gives the same bytes. */
public final class RunMetadata {
    /** Version of names, columns and this document (TRK-13). */
    public static final int FORMAT_VERSION = 1;

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private RunMetadata() {}

    /** The document, UTF-8. */
    public static ByteBuffer document(RunPlan plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("organization_id", plan.getOrganizationId());
        document.put("workspace_id", plan.getWorkspaceId());
        document.put("sync_configuration_id", plan.getSyncId());
        document.put("sync_run_id", plan.getSyncRunId());
        document.put("source", endpoint(plan.getSource()));
        document.put("destination", endpoint(plan.getDestination()));
        document.put("started_at", plan.getStartedAt().toString());
        document.put("record_payload_schema", payloadSchema(plan));
        document.put("format_version", FORMAT_VERSION);
        try {
            return ByteBuffer.wrap((JSON.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts and numbers are JSON", impossible);
        }
    }

    private static Map<String, Object> endpoint(PlannedEndpoint endpoint) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("type", endpoint.getType());
        described.put("connection_id", endpoint.getConnectionId());
        described.put("object_type", endpoint.getObjectType());
        described.put("object_id", endpoint.getObjectId());
        return described;
    }

    private static Map<String, Object> payloadSchema(RunPlan plan) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (PlannedColumn column : plan.getColumns()) {
            schema.put(column.getName(), column.getJsonType());
        }
        return schema;
    }
}
