package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** census-api 2.5: what existing clients send. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class HttpDetailsIT {
    @TestHTTPResource
    URI base;

    private Api api;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
    }

    @Test
    void trailingAndDoubledSlashesAreNoOtherPath() {
        assertThat(api.get("/workspace/").status()).isEqualTo(200);
        assertThat(api.get("//syncs/?page=1&per_page=1")
                        .body()
                        .path("pagination")
                        .path("per_page")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.post("//syncs/999999/trigger").status()).isEqualTo(404);
    }

    @Test
    void oddContentTypesAndAcceptsAreIgnored() {
        assertThat(api.send("GET", "/syncs", null, "Content-Type", "application/json;version=2")
                        .status())
                .isEqualTo(200);
        assertThat(api.send("GET", "/syncs", null, "Content-Type", "nonsense", "Accept", "text/html")
                        .status())
                .isEqualTo(200);
        assertThat(api.send("POST", "/sources", "{}", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(400);
        assertThat(api.send("DELETE", "/syncs/999999", null, "Content-Type", "application/json")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoeverSaysConnectionCloseHearsItBack() throws IOException {
        String request = "GET /api/v1/workspace/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + LastingParts.WORKSPACE_KEY + "\r\n\r\n";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void unknownPathsAndMethodsAreJsonErrors() {
        assertThat(api.get("/nowhere").body()).hasToString("{\"status\":404}");
        assertThat(api.get("/syncs/abc").body()).hasToString("{\"status\":404}");
        assertThat(api.get("/syncs/99999999999999999999").status()).isEqualTo(404);
        Api.Answer wrongMethod = api.send("PUT", "/syncs/1", "{}");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.body().path("status").asInt()).isEqualTo(405);
    }

    @Test
    void thereIsALandingPageAnApiDocumentAndHealthWithoutAnyToken() throws Exception {
        assertThat(plain("").body()).contains("/q/swagger-ui").doesNotContain(LastingParts.WORKSPACE_KEY);
        assertThat(plain("q/swagger-ui/").statusCode()).isEqualTo(200);
        assertThat(plain("q/openapi?format=json").body())
                .contains("\"Sluice management API\"", "/api/v1/syncs/{id}/trigger", "\"SyncRequest\"");
        assertThat(plain("q/health/live").statusCode()).isEqualTo(200);
        assertThat(plain("q/metrics").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> plain(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
