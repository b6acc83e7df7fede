package io.sluice.bucket.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/** What the fakes of object stores share: an HTTP server on this machine and buckets in memory. */
abstract class FakeStore implements AutoCloseable {
    private final Map<String, NavigableMap<String, byte[]>> buckets = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeStore() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, exchange.getRequestBody().readAllBytes());
        }
    }

    abstract void answer(HttpExchange exchange, byte[] body) throws IOException;

    final String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    final void makeBucket(String name) {
        buckets.put(name, new ConcurrentSkipListMap<>());
    }

    /** The objects of a bucket; null when there is none. */
    final NavigableMap<String, byte[]> bucket(String name) {
        return buckets.get(name);
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean without = exchange.getRequestMethod().equals("HEAD") || status == 204 || body.length == 0;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, without ? -1 : body.length);
        if (!without) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Part of an object as the Range header asks; 416 behind its end. */
    static void sendRange(HttpExchange exchange, byte[] object, String range) throws IOException {
        if (range == null) {
            send(exchange, 200, object);
            return;
        }
        String[] bounds = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(bounds[0]);
        if (from >= object.length) {
            send(exchange, 416, new byte[0]);
            return;
        }
        int to = bounds.length > 1 ? Math.min(object.length - 1, Integer.parseInt(bounds[1])) : object.length - 1;
        byte[] part = Arrays.copyOfRange(object, from, to + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + object.length);
        send(exchange, 206, part);
    }

    static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            for (String pair : query.split("&")) {
                String[] words = pair.split("=", 2);
                values.put(decode(words[0]), words.length == 1 ? "" : decode(words[1]));
            }
        }
        return values;
    }

    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
