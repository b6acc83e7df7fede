package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.sluice.control.records.RunRecords;
import io.sluice.control.records.Tracking.Event;
import io.sluice.control.records.Tracking.TrackedRecord;
import io.sluice.control.run.SyncRun;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Records of runs as the API shows them (census-api 3.2). */
final class RecordViews {
    private static final String SUCCEEDED = "succeeded";
    private static final String REJECTED = "rejected";

    private RecordViews() {}

    /** One row of a run. */
    @Schema(name = "Record", description = "What happened to one source row in one run")
    record Row(
            @Schema(description = "Null when the source row had none") String identifier,
            @Schema(description = "The source row", implementation = Map.class)
                    @JsonRawValue
                    @JsonProperty("record_payload")
                    String payload,
            @Schema(description = "upsert, update, insert, append or delete") String operation,
            @Schema(description = "succeeded, rejected, NULL or DUPLICATE") String status,
            @JsonProperty("status_message") String message,
            @JsonProperty("batch_started_at") String batchStartedAt,
            @JsonProperty("batch_completed_at") String batchCompletedAt) {

        static Row of(TrackedRecord row) {
            return new Row(
                    row.identifier().orElse(null),
                    row.payload().isEmpty() ? "null" : row.payload(),
                    row.operation(),
                    row.status(),
                    row.message().orElse(null),
                    Timestamps.text(row.batchStartedAt()),
                    Timestamps.text(row.batchCompletedAt()));
        }
    }

    /** A record that did not reach the destination, and why. */
    @Schema(name = "SampledRecord")
    record Sampled(
            @Schema(description = "The destination's reason, or NULL or DUPLICATE") String reason,
            String identifier,
            @Schema(implementation = Map.class) @JsonRawValue @JsonProperty("record_payload") String payload,
            String operation,
            String status) {

        static Sampled of(TrackedRecord row) {
            boolean sent = row.status().equals(SUCCEEDED) || row.status().equals(REJECTED);
            return new Sampled(
                    row.message().orElse(sent ? null : row.status()),
                    row.identifier().orElse(null),
                    row.payload().isEmpty() ? "null" : row.payload(),
                    row.operation(),
                    row.status());
        }
    }

    /** How many records. */
    @Schema(name = "RecordCount")
    record Count(@JsonProperty("record_count") long count) {}

    /** A list that is not paged. */
    @Schema(name = "RecordList")
    record Listed<T>(String status, List<T> data) {}

    /** Where files can be downloaded. */
    @Schema(name = "RecordsExport", description = "Addresses of Parquet files; no API key is needed for them")
    record Export(String status, List<String> urls) {}

    /** What happened to a record in one run. */
    @Schema(name = "RecordEvent")
    record Happened(
            @JsonProperty("sync_run_id") long runId, @JsonProperty("run_created_at") String runCreatedAt, Row record) {

        static Happened of(Event event, Map<Long, SyncRun> runs) {
            return new Happened(
                    event.runId(), Timestamps.text(runs.get(event.runId()).createdAt()), Row.of(event.record()));
        }
    }

    /** What happened to a record over the runs of a sync. */
    @Schema(name = "RecordHistory")
    record History(
            String status,
            List<Happened> data,
            Envelopes.Pagination pagination,
            String next,
            @Schema(description = "The latest time the destination was sent the record and said something; or null")
                    @JsonProperty("last_sent")
                    Happened lastSent,
            @Schema(description = "The latest time the destination accepted the record; or null")
                    @JsonProperty("last_accepted")
                    Happened lastAccepted,
            @Schema(description = "How many runs were searched: the latest ones that have records")
                    @JsonProperty("runs_searched")
                    int searched,
            @Schema(description = "Whether older runs have records too, which were not searched")
                    @JsonProperty("older_runs")
                    boolean olderRuns) {

        static History of(RunRecords.History found, UriInfo uri) {
            return new History(
                    Envelopes.SUCCESS,
                    found.events().entries().stream()
                            .map(event -> Happened.of(event, found.runs()))
                            .toList(),
                    Envelopes.Pagination.of(found.events()),
                    Envelopes.next(found.events(), uri),
                    found.lastSent()
                            .map(event -> Happened.of(event, found.runs()))
                            .orElse(null),
                    found.lastAccepted()
                            .map(event -> Happened.of(event, found.runs()))
                            .orElse(null),
                    found.searched(),
                    found.olderRuns());
        }
    }
}
