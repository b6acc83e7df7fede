package io.sluice.testsupport.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedHttpServerTest {
    private final ScriptedHttpServer server = new ScriptedHttpServer(request -> HttpReply.OK);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/hook"))
                .timeout(Duration.ofMillis(500))
                .header("X-Test", "yes")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersAndKeepsWhatItWasSent() throws Exception {
        server.script(request ->
                new HttpReply.Answer(429, Map.of("Retry-After", "3"), "slow " + request.body(), Duration.ZERO));
        HttpResponse<String> answer = post("žluťoučký");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("3");
        assertThat(answer.body()).isEqualTo("slow žluťoučký");
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
            assertThat(request.header("x-test")).contains("yes");
            assertThat(request.body()).isEqualTo("žluťoučký");
        });
    }

    @Test
    void canBreakOffStaySilentAndReset() throws Exception {
        server.script(request -> new HttpReply.Truncated(200));
        assertThatThrownBy(() -> post("a")).isInstanceOf(IOException.class);
        server.script(request -> new HttpReply.Silence());
        assertThatThrownBy(() -> post("b")).isInstanceOf(HttpTimeoutException.class);
        server.script(request -> new HttpReply.Reset());
        assertThatThrownBy(() -> post("c")).isInstanceOf(IOException.class);
        server.script(request -> HttpReply.OK);
        assertThat(post("d").statusCode()).isEqualTo(200);
        assertThat(server.requests()).extracting(HttpRequestSeen::body).containsExactly("a", "b", "c", "d");
        server.forget();
        assertThat(server.requests()).isEmpty();
    }
}
