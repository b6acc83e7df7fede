package io.sluice.control.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.support.secret.ServiceKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tracking service over HTTP. */
public final class HttpTracking implements Tracking {
    private static final System.Logger LOG = System.getLogger(HttpTracking.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private final ServiceKey key;
    private final Duration patience;

    /**
     * A client.
     *
     * @param patience longest wait for an answer to begin
     */
    public HttpTracking(URI url, ServiceKey key, Duration patience) {
        this.base = url.toString().replaceAll("/+$", "") + "/internal/v1/";
        this.key = key;
        this.patience = patience;
    }

    @Override
    public Records records(RunAddress run, RecordFilter filter, Mask mask, long offset, int limit) {
        Query query = run(run, "records")
                .filter(filter)
                .mask(mask)
                .add("offset", offset)
                .add("limit", limit);
        JsonNode answer = json(get(query));
        return new Records(
                answer.path("total").asLong(),
                answer.path("records").valueStream().map(HttpTracking::row).toList());
    }

    @Override
    public long count(RunAddress run, RecordFilter filter) {
        return json(get(run(run, "count").filter(filter))).path("count").asLong();
    }

    @Override
    public List<TrackedFile> files(RunAddress run, Duration urlLifetime) {
        JsonNode answer = json(get(run(run, "files").add("valid_seconds", urlLifetime.toSeconds())));
        return answer.path("files")
                .valueStream()
                .map(file -> new TrackedFile(
                        file.path("name").asText(), text(file, "url").map(URI::create)))
                .toList();
    }

    @Override
    public Optional<Content> file(RunAddress run, String name, Mask mask) {
        HttpResponse<InputStream> answer =
                send(get(run(run, "files/" + encoded(name)).mask(mask)), true);
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(content(answer));
    }

    @Override
    public Content download(RunAddress run, RecordFilter filter, Mask mask, String format) {
        return content(send(get(run(run, "download").filter(filter).mask(mask).add("format", format)), false));
    }

    @Override
    public List<Event> history(List<RunAddress> runs, String identifier, Mask mask, int rowsPerRun) {
        if (runs.isEmpty()) {
            return List.of();
        }
        ObjectNode question = JSON.createObjectNode();
        question.put("organization_id", runs.getFirst().organizationId());
        question.put("sync_id", runs.getFirst().syncId());
        question.put("primary_identifier", identifier);
        question.put("rows_per_run", rowsPerRun);
        ArrayNode list = question.putArray("runs");
        for (RunAddress run : runs) {
            ObjectNode entry = list.addObject().put("sync_run_id", run.runId());
            run.bucketId().ifPresent(bucket -> entry.put("bucket_id", bucket));
        }
        ArrayNode columns = question.putArray("mask");
        mask.columns().forEach(columns::add);
        question.put("mask_identifier", mask.identifier());
        HttpRequest request = request("history")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                .build();
        return json(request)
                .path("events")
                .valueStream()
                .map(event -> new Event(event.path("sync_run_id").asLong(), row(event.path("record"))))
                .toList();
    }

    private static TrackedRecord row(JsonNode row) {
        return new TrackedRecord(
                text(row, "identifier"),
                row.path("record_payload").asText(""),
                row.path("operation").asText(),
                row.path("status").asText(),
                text(row, "status_message"),
                text(row, "batch_started_at").map(Instant::parse),
                text(row, "batch_completed_at").map(Instant::parse));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }

    private static Content content(HttpResponse<InputStream> answer) {
        return new Content(
                answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                answer.headers().firstValueAsLong("Content-Length"),
                answer.body());
    }

    private JsonNode json(HttpRequest request) {
        try (InputStream body = send(request, false).body()) {
            return JSON.readTree(body);
        } catch (IOException broken) {
            throw unavailable(request, broken.toString());
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request, boolean mayBeMissing) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == OK || mayBeMissing && answer.statusCode() == NOT_FOUND) {
                return answer;
            }
            try (InputStream body = answer.body()) {
                String told = new String(body.readNBytes(1_000), StandardCharsets.UTF_8);
                throw unavailable(request, "it answered " + answer.statusCode() + " " + told);
            }
        } catch (IOException broken) {
            throw unavailable(request, broken.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable(request, "interrupted");
        }
    }

    /** The caller learns that it is not his fault; what it was is in the log, without identifiers. */
    private static ApiException unavailable(HttpRequest request, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "the tracking service did not answer {0}: {1}",
                request.uri().getPath(),
                why);
        return new ApiException(
                ErrorCode.RECORDS_UNAVAILABLE,
                "The records cannot be read at the moment: the tracking service or its bucket does not answer. Nothing is"
                        + " lost; repeat the request in a moment");
    }

    private HttpRequest get(Query query) {
        return request(query.toString()).GET().build();
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(patience)
                .header("Authorization", key.authorization());
    }

    private static Query run(RunAddress run, String what) {
        Query query = new Query("runs/" + run.organizationId() + "/" + run.syncId() + "/" + run.runId() + "/" + what);
        run.bucketId().ifPresent(bucket -> query.add("bucket_id", bucket));
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A path with parameters. */
    private static final class Query {
        private final String path;
        private final List<String> parameters = new ArrayList<>();

        Query(String path) {
            this.path = path;
        }

        Query add(String name, Object value) {
            parameters.add(name + "=" + encoded(value.toString()));
            return this;
        }

        Query filter(RecordFilter filter) {
            filter.identifier().ifPresent(value -> add("primary_identifier", value));
            filter.status().ifPresent(value -> add("status", value));
            filter.operation().ifPresent(value -> add("operation", value));
            return this;
        }

        Query mask(Mask mask) {
            mask.columns().forEach(column -> add("mask", column));
            return mask.identifier() ? add("mask_identifier", true) : this;
        }

        @Override
        public String toString() {
            return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
        }
    }
}
