package io.sluice.bucket.store;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;

/** The calls of Azure Blob Storage that tracking makes, in memory. It takes one SAS token, or any account key. */
final class FakeAzure extends FakeStore {
    static final String ACCOUNT = "fakeaccount";
    static final String SAS = "sv=2022-11-02&sr=c&sp=rwdl&sig=c2lnbmF0dXJl";
    private static final int PAGE = 20;

    String endpoint() {
        return url() + "/" + ACCOUNT;
    }

    @Override
    void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("x-ms-version", "2022-11-02");
        exchange.getResponseHeaders().set("x-ms-request-id", "1");
        String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", 3);
        NavigableMap<String, byte[]> container = bucket(path[1]);
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Map<String, String> query = query(exchange);
        if (!authorization.startsWith("SharedKey " + ACCOUNT + ":") && !query.containsKey("sig")) {
            error(exchange, 403, "AuthenticationFailed");
        } else if (container == null) {
            error(exchange, 404, "ContainerNotFound");
        } else if ("list".equals(query.get("comp"))) {
            list(exchange, container, query);
        } else {
            blob(exchange, container, decode(path[2]), body);
        }
    }

    private static void blob(HttpExchange exchange, NavigableMap<String, byte[]> container, String key, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"0x1\"");
        exchange.getResponseHeaders().set("Last-Modified", "Mon, 30 Nov 2026 03:00:00 GMT");
        byte[] blob = container.get(key);
        if (exchange.getRequestMethod().equals("PUT")) {
            container.put(key, body);
            exchange.getResponseHeaders().set("x-ms-request-server-encrypted", "true");
            send(exchange, 201, new byte[0]);
        } else if (blob == null) {
            error(exchange, 404, "BlobNotFound");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            container.remove(key);
            send(exchange, 202, new byte[0]);
        } else {
            exchange.getResponseHeaders().set("x-ms-blob-type", "BlockBlob");
            String range = exchange.getRequestHeaders().getFirst("x-ms-range");
            sendRange(
                    exchange, blob, range == null ? exchange.getRequestHeaders().getFirst("Range") : range);
        }
    }

    private static void list(HttpExchange exchange, NavigableMap<String, byte[]> container, Map<String, String> query)
            throws IOException {
        StringBuilder blobs = new StringBuilder();
        String next = "";
        int listed = 0;
        String last = "";
        for (String key :
                container.tailMap(query.getOrDefault("marker", ""), false).keySet()) {
            if (key.startsWith(query.getOrDefault("prefix", ""))) {
                if (listed == PAGE) {
                    next = last;
                    break;
                }
                blobs.append("<Blob><Name>").append(key).append("</Name><Properties/></Blob>");
                last = key;
                listed++;
            }
        }
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>" + blobs
                + "</Blobs><NextMarker>" + next + "</NextMarker></EnumerationResults>";
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        send(exchange, 200, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("x-ms-error-code", code);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code></Error>";
        send(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
    }
}
