package io.sluice.standalone.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Stands in for the five services, so that the stack's own behavior (order, supervision, signals) is tested apart from
 * theirs: answers every health check on the port that its environment names, until it is ended.
 */
final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        String host = System.getenv("QUARKUS_HTTP_HOST");
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        // The order of ending is read from the logs by their last lines' times.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("ended " + System.nanoTime())));
        System.out.println("broker " + System.getenv("SLUICE_KAFKA_BOOTSTRAP_SERVERS"));
    }
}
