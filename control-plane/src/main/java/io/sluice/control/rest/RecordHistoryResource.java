package io.sluice.control.rest;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.page.PageRequest;
import io.sluice.control.records.RunRecords;
import io.sluice.control.workspace.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to one record over the runs of a sync. */
@Path("/api/v1/syncs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Records")
public class RecordHistoryResource {
    private final CurrentCaller callers;
    private final RunRecords records;

    public RecordHistoryResource(CurrentCaller callers, RunRecords records) {
        this.callers = callers;
        this.records = records;
    }

    @GET
    @Path("/{id}/record_history")
    @Operation(
            summary = "Find out what happened to one record",
            description = "Searches the retained runs of the sync, newest first: when did this record last reach the"
                    + " destination, and what did it say. primary_identifier is required.")
    public RecordViews.History history(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("primary_identifier") String identifier,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage) {
        Caller.WorkspaceKey caller = callers.workspace(headers);
        Problems problems = new Problems();
        if (identifier == null || identifier.isEmpty()) {
            problems.add(ErrorCode.REQUIRED, "primary_identifier", "query parameter primary_identifier is required");
        }
        problems.throwIfAny();
        return RecordViews.History.of(
                records.history(
                        new RunRecords.Asker(caller.workspaceId(), caller.organizationId()),
                        id,
                        identifier,
                        PageRequest.of(page, perPage, null)),
                uri);
    }
}
