package io.sluice.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SluiceApiTest {
    private final List<String> seen = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private SluiceApi api() {
        return new SluiceApi("http://127.0.0.1:" + server.getAddress().getPort(), "secret-token:k");
    }

    @Test
    void sendsTheKeyAndUnwrapsTheEnvelope() {
        answer = "{\"status\": \"created\", \"data\": {\"sync_id\": 61}}";
        try (SluiceApi api = api()) {
            assertThat(api.post("syncs", Map.of("label", "é")).path("sync_id").asLong())
                    .isEqualTo(61);
        }
        assertThat(seen).containsExactly("POST /api/v1/syncs Bearer secret-token:k {\"label\":\"é\"}");
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        status = 400;
        answer = "{\"status\": \"error\",\n\"message\": \"mappings: two primary identifiers\"}";
        try (SluiceApi api = api()) {
            assertThatThrownBy(() -> api.get("syncs/1"))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageContaining("GET /api/v1/syncs/1 was answered with 400")
                    .hasMessageContaining("two primary identifiers")
                    .hasMessageNotContaining("\n");
        }
    }
}
