package io.sluice.control.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.support.secret.ServiceKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers by the end of the path what a test has put down, and keeps the questions. Refuses who has not the key. */
final class FakeTracking implements AutoCloseable {
    private final ServiceKey key = new ServiceKey(LastingParts.SECRET_KEY, ServiceKey.TRACKING);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private record Answer(int status, String type, String body) {}

    FakeTracking(URI url) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", url.getPort()), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void put(String pathEnd, int status, String type, String body) {
        answers.put(pathEnd, new Answer(status, type, body));
    }

    void json(String pathEnd, String body) {
        put(pathEnd, 200, "application/json", body);
    }

    /** Paths with parameters, and bodies. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        questions.add(exchange.getRequestURI() + body);
        String path = exchange.getRequestURI().getPath();
        Answer answer = key.accepts(exchange.getRequestHeaders().getFirst("Authorization"))
                ? answers.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new Answer(404, "text/plain", ""))
                : new Answer(401, "text/plain", "");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
