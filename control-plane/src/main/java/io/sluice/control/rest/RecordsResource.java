package io.sluice.control.rest;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.page.PageRequest;
import io.sluice.control.records.RecordFilter;
import io.sluice.control.records.RunRecords;
import io.sluice.control.records.Tracking.Content;
import io.sluice.control.records.Tracking.TrackedFile;
import io.sluice.control.workspace.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The records of sync runs (census-api 3.2, TRK-10), and what no other API has: samples and downloads. */
@Path("/api/v1/sync_runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Records", description = "What happened to every row of a sync run; kept for 14 days on platform storage")
public class RecordsResource {
    private static final List<String> FORMATS = List.of("csv", "jsonl", "parquet");
    private static final String FILTERS =
            "primary_identifier is compared exactly; status is succeeded, rejected, invalid, NULL or DUPLICATE; operation"
                    + " is upsert, update, insert, append or delete.";

    private final CurrentCaller callers;
    private final RunRecords records;
    private final DownloadLinks links;

    public RecordsResource(CurrentCaller callers, RunRecords records, DownloadLinks links) {
        this.callers = callers;
        this.records = records;
        this.links = links;
    }

    @GET
    @Path("/{id}/records")
    @Operation(
            summary = "List the records of a sync run",
            description = FILTERS + " The order is stable. While the run works, the records of the batches finished so"
                    + " far are there. Columns marked as personal are masked.")
    @APIResponse(responseCode = "404", description = "Unknown, or a dry run: those are not tracked")
    @APIResponse(responseCode = "410", description = "Older than 14 days and not in a bucket of your own")
    @APIResponse(responseCode = "503", description = "The tracking service or its bucket does not answer")
    public Envelopes.Collection<RecordViews.Row> records(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("primary_identifier") String identifier,
            @QueryParam("status") String status,
            @QueryParam("operation") String operation,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage) {
        RunRecords.Asker asker = asker(headers);
        return Envelopes.collection(
                records.records(asker, id, filter(identifier, status, operation), PageRequest.of(page, perPage, null)),
                RecordViews.Row::of,
                uri);
    }

    @GET
    @Path("/{id}/records_count")
    @Operation(summary = "Count the records of a sync run", description = FILTERS)
    public RecordViews.Listed<RecordViews.Count> count(
            @Context HttpHeaders headers,
            long id,
            @QueryParam("primary_identifier") String identifier,
            @QueryParam("status") String status,
            @QueryParam("operation") String operation) {
        RunRecords.Asker asker = asker(headers);
        long count = records.count(asker, id, filter(identifier, status, operation));
        return new RecordViews.Listed<>(Envelopes.SUCCESS, List.of(new RecordViews.Count(count)));
    }

    @GET
    @Path("/{id}/records_export")
    @Operation(
            summary = "Get addresses of the Parquet files of a sync run",
            description =
                    "For runs that are over. Each address works without a key, for an hour unless the operator set"
                            + " another time.")
    @APIResponse(responseCode = "425", description = "The run is not over yet")
    public RecordViews.Export export(@Context HttpHeaders headers, @Context UriInfo uri, long id) {
        RunRecords.Asker asker = asker(headers);
        return new RecordViews.Export(
                Envelopes.SUCCESS,
                records.export(asker, id).stream()
                        .map(file -> address(file, asker, id, uri))
                        .toList());
    }

    private String address(TrackedFile file, RunRecords.Asker asker, long runId, UriInfo uri) {
        return file.url()
                .map(Object::toString)
                .orElseGet(() -> links.address(uri.getBaseUri(), asker, runId, file.name()));
    }

    @GET
    @Path("/{id}/records_files/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "Download a Parquet file by an address of records_export",
            description = "Needs no key: the address itself is signed and expires.")
    public Response file(
            long id,
            @PathParam("name") String name,
            @QueryParam("for") String owner,
            @QueryParam("expires") String expires,
            @QueryParam("signature") String signature) {
        RunRecords.Asker asker = links.asker(id, name, owner, expires, signature);
        return streamed(records.file(asker, id, name), name);
    }

    @GET
    @Path("/{id}/records_sample")
    @Operation(
            summary = "Get a sample of invalid or rejected records",
            description = "Up to 100 records with the reason for each. status is invalid or rejected.")
    public RecordViews.Listed<RecordViews.Sampled> sample(
            @Context HttpHeaders headers, long id, @QueryParam("status") String status) {
        RunRecords.Asker asker = asker(headers);
        Problems problems = new Problems();
        if (!RecordFilter.INVALID.equals(status) && !RecordFilter.REJECTED.equals(status)) {
            problems.add(ErrorCode.INVALID_VALUE, "status", "status must be invalid or rejected");
        }
        problems.throwIfAny();
        return new RecordViews.Listed<>(
                Envelopes.SUCCESS,
                records.sample(asker, id, filter(null, status, null)).stream()
                        .map(RecordViews.Sampled::of)
                        .toList());
    }

    @GET
    @Path("/{id}/records_download")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "Download records as one file",
            description = "format is csv, jsonl or parquet. " + FILTERS + " Columns marked as personal are masked.")
    public Response download(
            @Context HttpHeaders headers,
            long id,
            @QueryParam("format") String format,
            @QueryParam("primary_identifier") String identifier,
            @QueryParam("status") String status,
            @QueryParam("operation") String operation) {
        RunRecords.Asker asker = asker(headers);
        Problems problems = new Problems();
        RecordFilter filter = RecordFilter.of(identifier, status, operation, problems);
        String wanted = format == null || format.isEmpty() ? FORMATS.getFirst() : format;
        if (!FORMATS.contains(wanted)) {
            problems.add(ErrorCode.INVALID_VALUE, "format", "format must be one of " + String.join(", ", FORMATS));
        }
        problems.throwIfAny();
        String kind = filter.status().map(word -> "_" + word).orElse("");
        return streamed(records.download(asker, id, filter, wanted), "sync_run_" + id + kind + "." + wanted);
    }

    private RunRecords.Asker asker(HttpHeaders headers) {
        Caller.WorkspaceKey caller = callers.workspace(headers);
        return new RunRecords.Asker(caller.workspaceId(), caller.organizationId());
    }

    private static RecordFilter filter(String identifier, String status, String operation) {
        Problems problems = new Problems();
        RecordFilter filter = RecordFilter.of(identifier, status, operation, problems);
        problems.throwIfAny();
        return filter;
    }

    /** Passes the content on part by part: a file of any size needs a buffer of memory. */
    private static Response streamed(Content content, String fileName) {
        StreamingOutput body = out -> {
            try (InputStream in = content.stream()) {
                in.transferTo(out);
            }
        };
        Response.ResponseBuilder answer = Response.ok(body)
                .type(content.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
        content.length().ifPresent(length -> answer.header(HttpHeaders.CONTENT_LENGTH, length));
        return answer.build();
    }
}
