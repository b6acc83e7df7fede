package io.sluice.control.rest;

import io.sluice.control.trigger.RunService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sync runs (census-api 3.2). */
@Path("/api/v1/sync_runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Sync runs", description = "What happened each time a sync ran")
public class SyncRunResource {
    private final CurrentCaller callers;
    private final RunService runs;

    public SyncRunResource(CurrentCaller callers, RunService runs) {
        this.callers = callers;
        this.runs = runs;
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Get a sync run",
            description = "completed_at is set on every terminal state. records_processed = records_updated +"
                    + " records_failed = source_record_updates + source_record_deletes.")
    public Envelopes.Single<RunView> get(@Context HttpHeaders headers, long id) {
        return Envelopes.success(RunView.of(runs.get(callers.workspace(headers).workspaceId(), id)));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            summary = "Cancel a sync run",
            description = "What the destination accepted stays; the rest is left for the next run. The run ends as"
                    + " failed with canceled set, as soon as every stage has stopped.")
    public Envelopes.Single<Map<String, Object>> cancel(@Context HttpHeaders headers, long id) {
        runs.cancel(callers.workspace(headers).workspaceId(), id);
        return new Envelopes.Single<>("cancelled", Map.of());
    }
}
