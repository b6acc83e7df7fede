package io.sluice.bucket.gcs;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signed addresses of Google Cloud Storage, version 4: a GET of one object, signed with the account's key. No call is made. */
final class GcsSigner {
    private static final String ALGORITHM = "GOOG4-RSA-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final GcsSettings settings;
    private final Clock clock;

    GcsSigner(GcsSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    URI sign(String key, Duration validity) {
        Instant now = clock.instant();
        String scope = DAY.format(now) + "/auto/storage/goog4_request";
        String path = "/" + settings.bucket() + "/" + encode(key).replace("%2F", "/");
        SortedMap<String, String> query = new TreeMap<>();
        query.put("X-Goog-Algorithm", ALGORITHM);
        query.put("X-Goog-Credential", settings.account().getClientEmail() + "/" + scope);
        query.put("X-Goog-Date", STAMP.format(now));
        query.put("X-Goog-Expires", Long.toString(validity.toSeconds()));
        query.put("X-Goog-SignedHeaders", "host");
        String asked = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        String canonical = String.join(
                "\n", "GET", path, asked, "host:" + settings.endpoint().getAuthority(), "", "host", "UNSIGNED-PAYLOAD");
        String toSign = String.join("\n", ALGORITHM, STAMP.format(now), scope, sha256(canonical));
        byte[] signature = settings.account().sign(toSign.getBytes(StandardCharsets.UTF_8));
        return URI.create(settings.endpoint() + path + "?" + asked + "&X-Goog-Signature="
                + HexFormat.of().formatHex(signature));
    }

    /** RFC 3986; the JDK's encoder is for forms. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
