package io.sluice.control.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A client of the API that looks at everything: status, headers, body. */
final class Api {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong WORKSPACES = new AtomicLong(System.nanoTime());

    private final URI base;
    private final String authorization;

    private Api(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** An answer. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        JsonNode data() {
            return body.path("data");
        }

        /** One text of each entry of the collection. */
        List<String> texts(String key) {
            return data().valueStream().map(entry -> entry.path(key).asText()).toList();
        }

        String word() {
            return body.path("status").asText();
        }
    }

    static Api as(URI base, String authorization) {
        return new Api(base, authorization);
    }

    /** A caller with the key of a new, empty workspace. */
    static Api inNewWorkspace(URI base) {
        Answer made = as(base, "Bearer " + LastingParts.ADMIN_TOKEN)
                .post(
                        "/workspaces",
                        "{\"name\":\"W" + WORKSPACES.incrementAndGet() + "\",\"return_workspace_api_key\":true}");
        return as(base, "Bearer " + made.data().path("api_key").asText());
    }

    /** The header this caller sends. */
    String authorization() {
        return authorization;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer post(String path) {
        return send("POST", path, null);
    }

    Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "api/v1" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(method + " " + path, response), response);
        } catch (IOException failed) {
            throw new IllegalStateException(method + " " + path + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode parse(String request, HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException noJson) {
            throw new AssertionError(
                    request + " answered no JSON but " + response.statusCode() + " " + response.body(), noJson);
        }
    }

    /** A working source. */
    long source() {
        return post(
                        "/sources",
                        """
                        {"connection":{"name":"Warehouse","type":"fake_warehouse","sync_engine":"basic",
                         "credentials":{"hostname":"db","port":"5432","user":"me","password":"open sesame"}}}
                        """)
                .data()
                .path("id")
                .asLong();
    }

    /** A working destination. */
    long destination() {
        return post(
                        "/destinations",
                        """
                        {"service_connection":{"name":"CRM","type":"fake_crm","credentials":{"api_key":"right"}}}
                        """)
                .data()
                .path("id")
                .asLong();
    }

    /** A body that makes a good sync. */
    static ObjectNode syncBody(long source, long destination) {
        return json(
                """
                {"label":"Users to CRM","operation":"upsert",
                 "source_attributes":{"connection_id":%d,"object":{"type":"table","table_catalog":"app",
                   "table_schema":"public","table_name":"users"}},
                 "destination_attributes":{"connection_id":%d,"object":"contact"},
                 "mappings":[
                   {"from":{"type":"column","data":"email"},"to":"email","is_primary_identifier":true},
                   {"from":{"type":"column","data":"name"},"to":"full_name"},
                   {"from":{"type":"constant_value","data":{"value":"sluice","basic_type":"text"}},
                    "to":"source_system"}]}
                """
                        .formatted(source, destination));
    }

    /** A working sync with a source and a destination of its own. */
    long sync() {
        return post("/syncs", syncBody(source(), destination()).toString())
                .data()
                .path("sync_id")
                .asLong();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
