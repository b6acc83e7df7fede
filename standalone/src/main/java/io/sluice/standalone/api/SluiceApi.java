package io.sluice.standalone.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

/** The public HTTP API, as any client would use it. Thread-safe. */
public final class SluiceApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String key;

    /**
     * A client.
     *
     * @param url address of the API's server, such as {@code http://localhost:8080}
     * @param key the workspace API key
     */
    public SluiceApi(String url, String key) {
        this.base = URI.create(url + "/api/v1/");
        this.key = Objects.requireNonNull(key);
    }

    /** The {@code data} of a GET. */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** The {@code data} of the answer to a POST with this body, which is made JSON. */
    public JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    /** The {@code data} of the answer to a PATCH with this body, which is made JSON. */
    public JsonNode patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    private JsonNode send(String method, String path, Object body) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body of " + method + " " + path + " cannot be JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest request) {
        String call = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new CallFailed(
                        call + " was answered with " + answer.statusCode() + ": "
                                + answer.body().replace('\n', ' '),
                        answer.statusCode());
            }
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) {
            throw new CallFailed(call + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed(call + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
