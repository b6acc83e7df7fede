package io.sluice.tracking.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.export.RowJson;
import io.sluice.tracking.row.TrackedRow;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The JSON that services speak here, and how trouble is told. */
public class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    /** A page of rows. */
    record Rows(long total, List<Row> records) {}

    /** How many rows. */
    record Count(long count) {}

    /** A file; {@code url} is null where the bucket gives no addresses. */
    record File(String name, String url) {}

    /** The files of a run. */
    record Files(List<File> files) {}

    /** The history of a record. */
    record History(List<Event> events) {}

    /** What is wrong. */
    record Trouble(String code, String message) {}

    /** One row of one run. */
    record Event(@JsonProperty("sync_run_id") long syncRunId, Row record) {}

    /**
     * A row.
     *
     * @param payload JSON as it is in the file; empty when there is none
     */
    record Row(
            String identifier,
            @JsonProperty("record_payload") String payload,
            String operation,
            String status,
            @JsonProperty("status_message") String message,
            @JsonProperty("batch_started_at") String startedAt,
            @JsonProperty("batch_completed_at") String completedAt) {

        static Row of(TrackedRow row) {
            return new Row(
                    row.identifier(),
                    RowJson.payload(row),
                    row.operation().wireName(),
                    row.status().word(),
                    row.message(),
                    text(row.batchStartedAt()),
                    text(row.batchEndedAt()));
        }

        private static String text(Instant instant) {
            return instant == null ? null : instant.toString();
        }
    }

    @ServerExceptionMapper
    public Response storageDoesNotAnswer(StorageException unavailable) {
        LOG.warnf("a question about a run was not answered: %s", unavailable.getMessage());
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Trouble(unavailable.problem().code(), unavailable.getMessage()))
                .build();
    }
}
