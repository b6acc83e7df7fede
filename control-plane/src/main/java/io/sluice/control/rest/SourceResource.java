package io.sluice.control.rest;

import io.sluice.control.connection.Source;
import io.sluice.control.connection.SourceService;
import io.sluice.control.connection.Sources;
import io.sluice.control.page.PageRequest;
import io.sluice.control.rest.ConnectionViews.SourceView;
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
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Sources (census-api 3.3). */
@Path("/api/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Sources", description = "Warehouses records are read from")
public class SourceResource {
    private final CurrentCaller callers;
    private final Sources sources;
    private final SourceService service;

    public SourceResource(CurrentCaller callers, Sources sources, SourceService service) {
        this.callers = callers;
        this.sources = sources;
        this.service = service;
    }

    @GET
    @Operation(summary = "List sources")
    public Envelopes.Collection<SourceView> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.collection(
                sources.list(workspaceId, PageRequest.of(page, perPage, order)), SourceView::of, uri);
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Make a source",
            description = "Body: connection {name, type, credentials, sync_engine, label,"
                    + " warehouse_writeback_enabled, warehouse_writeback_retention_in_days}. The connection is tested first; when the test fails"
                    + " nothing is saved and the answer is 400 with the failed step.")
    public Envelopes.Single<Envelopes.Id> create(@Context HttpHeaders headers, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        Source source = service.create(workspaceId, JsonBody.form(body));
        return Envelopes.created(new Envelopes.Id(source.id()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a source")
    public Envelopes.Single<SourceView> get(@Context HttpHeaders headers, long id) {
        return Envelopes.success(
                SourceView.of(service.get(callers.workspace(headers).workspaceId(), id)));
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change a source",
            description = "Body: connection {name, label, credentials, sync_engine with confirm_sync_engine_change,"
                    + " warehouse_writeback_enabled, warehouse_writeback_retention_in_days}. Credentials are"
                    + " merged: keys left out, and empty secrets, stay as they are. The type cannot change.")
    public Envelopes.Single<SourceView> update(@Context HttpHeaders headers, long id, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.updated(SourceView.of(service.update(workspaceId, id, JsonBody.form(body))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a source", description = "Its models and syncs go with it; active runs are stopped.")
    public Envelopes.Status delete(@Context HttpHeaders headers, long id) {
        service.delete(callers.workspace(headers).workspaceId(), id);
        return Envelopes.deleted();
    }

    @POST
    @Path("/{id}/test")
    @Operation(
            summary = "Test a source",
            description = "Tests the saved credentials step by step. The answer is 200 also when a step fails: see"
                    + " last_test_results.")
    public Envelopes.Single<SourceView> test(@Context HttpHeaders headers, long id) {
        return Envelopes.success(
                SourceView.of(service.test(callers.workspace(headers).workspaceId(), id)));
    }
}
