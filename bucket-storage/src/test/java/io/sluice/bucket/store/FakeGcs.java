package io.sluice.bucket.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls of Google Cloud Storage that tracking makes, in memory. It checks the signature of every token and of every
 * signed address against the account's public key.
 */
final class FakeGcs extends FakeStore {
    private static final Pattern OBJECTS = Pattern.compile("(?:/download|/upload)?/storage/v1/b/([^/]+)/o(?:/(.+))?");
    private static final int PAGE = 20;

    private final KeyPair keys;

    FakeGcs() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A key file of the only service account. */
    String keyFile() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        JsonObject file = new JsonObject();
        file.addProperty("type", "service_account");
        file.addProperty("project_id", "sluice-tests");
        file.addProperty("private_key_id", "1");
        file.addProperty("private_key", pem);
        file.addProperty("client_email", "sluice@sluice-tests.iam.gserviceaccount.com");
        file.addProperty("client_id", "1");
        file.addProperty("token_uri", "http://127.0.0.1:1/nobody-asks-for-tokens");
        return file.toString();
    }

    @Override
    void answer(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Matcher objects = OBJECTS.matcher(path);
        if (objects.matches()) {
            api(exchange, body, decode(objects.group(1)), objects.group(2));
        } else {
            signed(exchange, path);
        }
    }

    private void api(HttpExchange exchange, byte[] body, String name, String encodedKey) throws IOException {
        NavigableMap<String, byte[]> bucket = bucket(name);
        if (!signedToken(exchange.getRequestHeaders().getFirst("Authorization"))) {
            error(exchange, 401, "Invalid Credentials");
        } else if (bucket == null) {
            error(exchange, 404, "The specified bucket does not exist.");
        } else if (exchange.getRequestMethod().equals("POST")) {
            upload(exchange, body, bucket);
        } else if (encodedKey == null) {
            list(exchange, bucket);
        } else {
            object(exchange, bucket, decode(encodedKey));
        }
    }

    private static void object(HttpExchange exchange, NavigableMap<String, byte[]> bucket, String key)
            throws IOException {
        byte[] object = bucket.get(key);
        if (object == null) {
            error(exchange, 404, "No such object: " + key);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            bucket.remove(key);
            send(exchange, 204, new byte[0]);
        } else if ("media".equals(query(exchange).get("alt"))) {
            sendRange(exchange, object, exchange.getRequestHeaders().getFirst("Range"));
        } else {
            JsonObject described = new JsonObject();
            described.addProperty("size", Integer.toString(object.length));
            json(exchange, 200, described);
        }
    }

    /** A multipart upload: metadata with the name, then the content. */
    private static void upload(HttpExchange exchange, byte[] body, NavigableMap<String, byte[]> bucket)
            throws IOException {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String boundary = "--" + type.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
        String[] parts = text.split("\r\n" + Pattern.quote(boundary) + "|^" + Pattern.quote(boundary));
        String metadata = content(parts[1]);
        String name = JsonParser.parseString(
                        new String(metadata.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .getAsJsonObject()
                .get("name")
                .getAsString();
        bucket.put(name, content(parts[2]).getBytes(StandardCharsets.ISO_8859_1));
        json(exchange, 200, new JsonObject());
    }

    private static String content(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private static void list(HttpExchange exchange, NavigableMap<String, byte[]> bucket) throws IOException {
        Map<String, String> query = query(exchange);
        String prefix = query.getOrDefault("prefix", "");
        JsonArray items = new JsonArray();
        JsonObject page = new JsonObject();
        for (String key :
                bucket.tailMap(query.getOrDefault("pageToken", ""), false).keySet()) {
            if (key.startsWith(prefix)) {
                if (items.size() == PAGE) {
                    page.addProperty(
                            "nextPageToken",
                            items.get(PAGE - 1).getAsJsonObject().get("name").getAsString());
                    break;
                }
                JsonObject item = new JsonObject();
                item.addProperty("name", key);
                items.add(item);
            }
        }
        page.add("items", items);
        json(exchange, 200, page);
    }

    private void signed(HttpExchange exchange, String path) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String mark = "&X-Goog-Signature=";
        String asked = query.substring(0, query.indexOf(mark));
        Map<String, String> values = query(exchange);
        String scope = values.get("X-Goog-Credential").replaceFirst("^[^/]+/", "");
        String canonical = "GET\n" + path + "\n" + asked + "\nhost:"
                + exchange.getRequestHeaders().getFirst("Host") + "\n\nhost\nUNSIGNED-PAYLOAD";
        String text = "GOOG4-RSA-SHA256\n" + values.get("X-Goog-Date") + "\n" + scope + "\n" + sha256(canonical);
        boolean valid = verify(
                text.getBytes(StandardCharsets.UTF_8),
                HexFormat.of().parseHex(query.substring(query.indexOf(mark) + mark.length())));
        String[] words = path.substring(1).split("/", 2);
        byte[] object = bucket(words[0]).get(decode(words[1]));
        send(exchange, valid ? 200 : 403, valid ? object : new byte[0]);
    }

    private boolean signedToken(String header) {
        String[] parts = String.valueOf(header).replace("Bearer ", "").split("\\.");
        return parts.length == 3
                && verify(
                        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8),
                        Base64.getUrlDecoder().decode(parts[2]));
    }

    private boolean verify(byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(keys.getPublic());
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void error(HttpExchange exchange, int status, String message) throws IOException {
        JsonObject error = new JsonObject();
        error.addProperty("code", status);
        error.addProperty("message", message);
        JsonObject envelope = new JsonObject();
        envelope.add("error", error);
        json(exchange, status, envelope);
    }

    private static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        send(exchange, status, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
