package io.sluice.tracking.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.export.CsvRows;
import io.sluice.tracking.export.ExportFormat;
import io.sluice.tracking.export.JsonLines;
import io.sluice.tracking.export.Masking;
import io.sluice.tracking.export.ParquetRows;
import io.sluice.tracking.export.RowWriter;
import io.sluice.tracking.query.RecordHistory;
import io.sluice.tracking.query.RowFilter;
import io.sluice.tracking.query.RunBuckets;
import io.sluice.tracking.query.RunFile;
import io.sluice.tracking.query.RunLocation;
import io.sluice.tracking.query.RunQueries;
import io.sluice.tracking.run.RunFolder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What happened to the rows of runs, for other services. The caller knows the run, its organization and its bucket, and which
 * columns must be masked; who may ask is its business.
 */
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RecordsResource {
    private static final int MOST_PER_PAGE = 1_000;
    private static final int PART_BYTES = 1 << 20;
    private static final int STREAM_BUFFER = 64 << 10;
    private static final Duration LONGEST_ADDRESS = Duration.ofDays(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunQueries queries;
    private final RecordHistory history;
    private final RunBuckets buckets;

    public RecordsResource(RunQueries queries, RecordHistory history, RunBuckets buckets) {
        this.queries = queries;
        this.history = history;
        this.buckets = buckets;
    }

    /** Which run is meant. */
    public static class Run {
        @PathParam("organization")
        long organization;

        @PathParam("sync")
        long sync;

        @PathParam("run")
        long run;

        @QueryParam("bucket_id")
        Long bucketId;

        RunLocation location() {
            return new RunLocation(bucket(bucketId), new RunFolder(organization, sync, run));
        }
    }

    /** Which rows are meant, and what of them may be shown. */
    public static class Wish {
        @QueryParam("primary_identifier")
        String identifier;

        @QueryParam("status")
        String status;

        @QueryParam("operation")
        String operation;

        @QueryParam("mask")
        List<String> mask;

        @QueryParam("mask_identifier")
        boolean maskIdentifier;

        RowFilter filter() {
            return RowFilter.of(identifier, status, operation)
                    .orElseThrow(() -> new BadRequestException("unknown status or operation"));
        }

        Masking masking() {
            return new Masking(mask == null ? Set.of() : new HashSet<>(mask), maskIdentifier);
        }
    }

    /** A question about one record and several runs; those of the newest first. */
    public record HistoryQuestion(
            @JsonProperty("organization_id") long organizationId,
            @JsonProperty("sync_id") long syncId,
            @JsonProperty("primary_identifier") String identifier,
            @JsonProperty("rows_per_run") int rowsPerRun,
            List<HistoryRun> runs,
            List<String> mask,
            @JsonProperty("mask_identifier") boolean maskIdentifier) {}

    /** A run to be searched. */
    public record HistoryRun(@JsonProperty("sync_run_id") long syncRunId, @JsonProperty("bucket_id") Long bucketId) {}

    @GET
    @Path("/runs/{organization}/{sync}/{run}/records")
    public Answers.Rows records(
            @BeanParam Run run, @BeanParam Wish wish, @QueryParam("offset") long offset, @QueryParam("limit") int limit)
            throws StorageException {
        if (offset < 0 || limit < 1 || limit > MOST_PER_PAGE) {
            throw new BadRequestException("offset or limit");
        }
        Masking masking = wish.masking();
        RunQueries.RowPage page = queries.page(run.location(), wish.filter(), offset, limit);
        return new Answers.Rows(
                page.total(),
                page.rows().stream().map(masking::of).map(Answers.Row::of).toList());
    }

    @GET
    @Path("/runs/{organization}/{sync}/{run}/count")
    public Answers.Count count(@BeanParam Run run, @BeanParam Wish wish) throws StorageException {
        return new Answers.Count(queries.count(run.location(), wish.filter()));
    }

    @GET
    @Path("/runs/{organization}/{sync}/{run}/files")
    public Answers.Files files(@BeanParam Run run, @QueryParam("valid_seconds") long validSeconds)
            throws StorageException {
        RunLocation location = run.location();
        BucketStorage bucket = buckets.bucket(location.bucketId());
        Duration validity = Duration.ofSeconds(Math.clamp(validSeconds, 1, LONGEST_ADDRESS.toSeconds()));
        List<Answers.File> files = new ArrayList<>();
        for (RunFile file : queries.files(location)) {
            String url = validSeconds == 0
                    ? null
                    : bucket.presign(file.key(), validity).map(Object::toString).orElse(null);
            files.add(new Answers.File(file.name(), url));
        }
        return new Answers.Files(files);
    }

    @GET
    @Path("/runs/{organization}/{sync}/{run}/files/{name}")
    @Produces("application/vnd.apache.parquet")
    public Response file(@BeanParam Run run, @BeanParam Wish wish, @PathParam("name") String name)
            throws StorageException {
        RunLocation location = run.location();
        RunFile file = RunFile.of(location.folder().prefix() + name).orElseThrow(NotFoundException::new);
        BucketStorage bucket = buckets.bucket(location.bucketId());
        OptionalLong size = bucket.size(file.key());
        if (size.isEmpty()) {
            throw new NotFoundException();
        }
        Masking masking = wish.masking();
        if (masking.equals(Masking.NONE)) {
            StreamingOutput whole = out -> copy(bucket, file.key(), size.getAsLong(), out);
            return Response.ok(whole).header("Content-Length", size.getAsLong()).build();
        }
        StreamingOutput masked = out -> {
            try (RowWriter rows = new ParquetRows(
                    out, location.folder().syncId(), location.folder().syncRunId())) {
                queries.each(location, file, row -> rows.write(masking.of(row)));
            }
        };
        return Response.ok(masked).build();
    }

    private static void copy(BucketStorage bucket, String key, long size, OutputStream out) throws IOException {
        for (long at = 0; at < size; at += PART_BYTES) {
            ByteBuffer part = bucket.readRange(key, at, (int) Math.min(PART_BYTES, size - at));
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            out.write(bytes);
        }
    }

    @GET
    @Path("/runs/{organization}/{sync}/{run}/download")
    @Produces(MediaType.WILDCARD)
    public Response download(@BeanParam Run run, @BeanParam Wish wish, @QueryParam("format") String format)
            throws StorageException {
        RunLocation location = run.location();
        RowFilter filter = wish.filter();
        Masking masking = wish.masking();
        ExportFormat wanted = ExportFormat.of(format).orElseThrow(() -> new BadRequestException("unknown format"));
        // asked before the first byte: a bucket that is down must still be told by the status code
        queries.files(location);
        List<String> columns = wanted == ExportFormat.CSV ? columns(location) : List.of();
        StreamingOutput content = stream -> {
            OutputStream out = new BufferedOutputStream(stream, STREAM_BUFFER);
            try (RowWriter rows = writer(wanted, out, columns, location)) {
                queries.each(location, filter, row -> rows.write(masking.of(row)));
            }
            out.flush();
        };
        return Response.ok(content).type(wanted.mediaType()).build();
    }

    private static RowWriter writer(ExportFormat format, OutputStream out, List<String> columns, RunLocation run)
            throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(out, columns);
            case JSONL -> new JsonLines(out);
            case PARQUET ->
                new ParquetRows(out, run.folder().syncId(), run.folder().syncRunId());
        };
    }

    /** Names of the payload's columns, as metadata.json says (TRK-27). */
    private List<String> columns(RunLocation location) throws StorageException {
        Optional<ByteBuffer> metadata =
                buckets.bucket(location.bucketId()).read(location.folder().metadataKey());
        if (metadata.isEmpty()) {
            return List.of();
        }
        try {
            byte[] bytes = new byte[metadata.get().remaining()];
            metadata.get().get(bytes);
            JsonNode schema = JSON.readTree(bytes).path("record_payload_schema");
            return schema.propertyStream()
                    .map(java.util.Map.Entry::getKey)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @POST
    @Path("/history")
    public Answers.History history(HistoryQuestion question) throws StorageException {
        Masking masking = new Masking(
                question.mask() == null ? Set.of() : new HashSet<>(question.mask()), question.maskIdentifier());
        RowFilter record = RowFilter.of(question.identifier(), null, null).orElseThrow();
        List<RunLocation> runs = question.runs().stream()
                .map(run -> new RunLocation(
                        bucket(run.bucketId()),
                        new RunFolder(question.organizationId(), question.syncId(), run.syncRunId())))
                .toList();
        return new Answers.History(
                history.of(runs, record, Math.clamp(question.rowsPerRun(), 1, MOST_PER_PAGE)).stream()
                        .map(event -> new Answers.Event(event.syncRunId(), Answers.Row.of(masking.of(event.row()))))
                        .toList());
    }

    private static OptionalLong bucket(Long id) {
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
