package io.sluice.control.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.form.FormReader;
import io.sluice.control.page.PageRequest;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.SyncService;
import io.sluice.control.sync.Syncs;
import io.sluice.control.trigger.RunService;
import io.sluice.control.workspace.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Syncs (census-api 3.1). */
@Path("/api/v1/syncs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Syncs", description = "What is read, where it goes, how records are matched and which fields are mapped")
public class SyncResource {
    /**
     * Answer of a successful {@code POST /syncs}. Clients disagree between 200 and 201; the documented sibling endpoints
     * and the strictest maintained client say 201 (docs/adr/0012).
     */
    static final int CREATED_STATUS = 201;

    private final CurrentCaller callers;
    private final Syncs syncs;
    private final SyncService service;
    private final SyncRuns runs;
    private final RunService runService;

    public SyncResource(CurrentCaller callers, Syncs syncs, SyncService service, SyncRuns runs, RunService runService) {
        this.callers = callers;
        this.syncs = syncs;
        this.service = service;
        this.runs = runs;
        this.runService = runService;
    }

    @GET
    @Operation(summary = "List syncs")
    public Envelopes.Collection<ObjectNode> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.collection(
                syncs.list(workspaceId, PageRequest.of(page, perPage, order)), SyncViews::view, uri);
    }

    @POST
    @Operation(
            summary = "Make a sync",
            description = "Everything that is wrong is reported at once. With validate_only nothing is saved and the"
                    + " answer is 200.")
    @APIResponse(responseCode = "201", description = "data.sync_id is the new sync's id")
    @APIResponse(
            responseCode = "400",
            description = "All problems of the form",
            content = @Content(schema = @Schema(implementation = ErrorAnswers.Detailed.class)))
    @RequestBody(content = @Content(schema = @Schema(implementation = SyncSchemas.SyncRequest.class)))
    public Response create(@Context HttpHeaders headers, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        SyncService.Created created = service.create(workspaceId, JsonBody.object(body));
        return created.syncId().isPresent()
                ? Response.status(CREATED_STATUS)
                        .entity(Envelopes.created(
                                new SyncViews.CreatedSync(created.syncId().get(), created.warnings())))
                        .build()
                : Response.ok(Envelopes.success(new SyncViews.Validated(true, created.warnings())))
                        .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a sync")
    public Envelopes.Single<ObjectNode> get(@Context HttpHeaders headers, long id) {
        return Envelopes.success(
                SyncViews.view(service.get(callers.workspace(headers).workspaceId(), id)));
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change a sync",
            description = "Top-level keys that are sent replace the stored ones whole; the rest stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SyncSchemas.SyncRequest.class)))
    public Envelopes.Single<ObjectNode> update(@Context HttpHeaders headers, long id, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.updated(SyncViews.view(service.update(workspaceId, id, JsonBody.object(body))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a sync", description = "Its history goes with it; an active run is stopped.")
    public Envelopes.Status delete(@Context HttpHeaders headers, long id) {
        service.delete(callers.workspace(headers).workspaceId(), id);
        return Envelopes.deleted();
    }

    @POST
    @Path("/{id}/trigger")
    @Operation(
            summary = "Run a sync now",
            description = "force_full_sync, as query parameter or in the body, resends every valid row."
                    + " ignore_paused runs a paused sync. confirm_removals switches the removal guard off for this run,"
                    + " and confirms the first run of a delete sync. 409 while a run of the sync is in progress.")
    @APIResponse(responseCode = "200", description = "data.sync_run_id is the new run's id")
    @APIResponse(responseCode = "409", description = "A run of this sync is in progress")
    public Envelopes.Single<SyncViews.TriggeredRun> trigger(
            @Context HttpHeaders headers,
            long id,
            @QueryParam("force_full_sync") String forceFullSync,
            @QueryParam("ignore_paused") String ignorePaused,
            @QueryParam("confirm_removals") String confirmRemovals,
            byte[] body) {
        Caller.WorkspaceKey caller = callers.workspace(headers);
        FormReader form = JsonBody.form(body);
        SyncRuns.Consent consent = new SyncRuns.Consent(
                "true".equalsIgnoreCase(forceFullSync)
                        || form.flag("force_full_sync").orElse(false),
                "true".equalsIgnoreCase(ignorePaused)
                        || form.flag("ignore_paused").orElse(false),
                "true".equalsIgnoreCase(confirmRemovals)
                        || form.flag("confirm_removals").orElse(false));
        form.problems().throwIfAny();
        long runId = runService.trigger(caller.organizationId(), caller.workspaceId(), id, consent);
        return Envelopes.success(new SyncViews.TriggeredRun(runId));
    }

    @POST
    @Path("/{id}/dry_run")
    @Operation(
            summary = "Find out what a run would do",
            description =
                    "Reads and compares, sends nothing, changes no state and tracks nothing. The report is dry_run"
                            + " of the run, once it is completed. 409 while a run of the sync is in progress.")
    @APIResponse(responseCode = "200", description = "data.sync_run_id is the dry run's id")
    @APIResponse(responseCode = "409", description = "A run of this sync is in progress")
    public Envelopes.Single<SyncViews.TriggeredRun> dryRun(@Context HttpHeaders headers, long id) {
        Caller.WorkspaceKey caller = callers.workspace(headers);
        return Envelopes.success(
                new SyncViews.TriggeredRun(runService.dryRun(caller.organizationId(), caller.workspaceId(), id)));
    }

    @GET
    @Path("/{id}/sync_runs")
    @Operation(summary = "List the runs of a sync", description = "Newest first.")
    public Envelopes.Collection<RunView> runs(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        long workspaceId = callers.workspace(headers).workspaceId();
        service.get(workspaceId, id);
        return Envelopes.collection(runs.list(workspaceId, id, PageRequest.of(page, perPage, order)), RunView::of, uri);
    }
}
