package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.page.PageRequest;
import io.sluice.control.quarantine.QuarantineService;
import io.sluice.control.quarantine.QuarantinedRecords;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Quarantined records: an extension of the API (docs/guides/rejected-records.md). */
@Path("/api/v1/syncs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(
        name = "Quarantine",
        description = "Records that the destination rejected max_consecutive_failures times in a row, and that are no"
                + " longer attempted")
public class QuarantineResource {
    private final CurrentCaller callers;
    private final QuarantineService service;

    public QuarantineResource(CurrentCaller callers, QuarantineService service) {
        this.callers = callers;
        this.service = service;
    }

    /** A record that is left alone. */
    @Schema(name = "QuarantinedRecord")
    record View(
            @Schema(description = "[masked] where its column is marked as personal") String identifier,
            @Schema(description = "What the destination rejects: upsert, update, insert, append or delete")
                    String operation,
            @Schema(description = "In how many runs in a row") @JsonProperty("consecutive_failures") int failures,
            @JsonProperty("last_failed_sync_run_id") long lastFailedRun,
            @Schema(
                            description =
                                    "What the destination said in that run; [masked] where a column is marked as personal")
                    String reason,
            @Schema(description = "When it was rejected for the first time") @JsonProperty("failing_since")
                    String failingSince) {

        static View of(QuarantinedRecords.Entry entry) {
            return new View(
                    entry.identifier(),
                    entry.operation(),
                    entry.failures(),
                    entry.lastFailedRun(),
                    entry.reason().orElse(null),
                    Timestamps.text(entry.failingSince()));
        }
    }

    /** What a release asks for, for the OpenAPI document. */
    @Schema(name = "QuarantineRelease", description = "One of the two")
    record Request(
            @Schema(description = "Primary identifiers; those that are not in the list are passed over")
                    List<String> identifiers,
            @Schema(description = "Every record of the sync") boolean all) {}

    /** How many records were released. */
    @Schema(name = "ReleasedRecords")
    record Released(long released) {}

    @GET
    @Path("/{id}/quarantined_records")
    @Operation(
            summary = "List the quarantined records of a sync",
            description = "Those that got there last come first. The list follows the end of a run within a moment.")
    public Envelopes.Collection<View> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.collection(service.list(workspaceId, id, PageRequest.of(page, perPage, order)), View::of, uri);
    }

    @POST
    @Path("/{id}/quarantined_records/release")
    @Operation(
            summary = "Release quarantined records",
            description =
                    "They leave the list, and the next run of the sync attempts them, as often in a row as any other"
                            + " record.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(responseCode = "200", description = "data.released is how many left the list")
    @APIResponse(responseCode = "400", description = "Also when more than 10,000 would wait for the next run")
    public Envelopes.Single<Released> release(@Context HttpHeaders headers, long id, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.success(new Released(service.release(workspaceId, id, JsonBody.form(body))));
    }
}
