package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.Secret;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The settings of one webhook connection, checked.
 *
 * @param url where to POST; often holds a token, so only its host is ever shown
 * @param headers extra request headers
 * @param signingSecret key of the signature, when requests are to be signed
 * @param recordsPerRequest most records in one request; 1 selects the body form for single records
 * @param requestsPerSecond most requests per second over all syncs of the connection, or empty for no limit (RTY-7)
 * @param timeout how long the server may take to answer
 */
record WebhookSettings(
        URI url,
        Map<String, Secret> headers,
        Optional<Secret> signingSecret,
        int recordsPerRequest,
        OptionalDouble requestsPerSecond,
        Duration timeout) {

    static final int MAXIMUM_RECORDS = 1_000;
    private static final int MAXIMUM_RATE = 10_000;

    static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required(
                            "url",
                            "URL",
                            Type.URL,
                            "https://example.com/hooks/sluice",
                            "Where records are sent with POST. Kept secret, because such addresses often hold a token.")
                    .asSecret(),
            SettingDescriptor.optional(
                            "headers",
                            "Headers",
                            Type.STRING_MAP,
                            "{\"Authorization\": \"Bearer …\"}",
                            "Extra request headers, as an object of name and value. Kept secret.")
                    .asSecret(),
            SettingDescriptor.optional(
                            "signing_secret",
                            "Signing secret",
                            Type.STRING,
                            "",
                            "When given, each request carries X-Sluice-Signature, the base64 HMAC-SHA256 of its body.")
                    .asSecret(),
            SettingDescriptor.optional(
                            "records_per_request",
                            "Records per request",
                            Type.INTEGER,
                            "1",
                            "Most records in one request, 1 to 1000. With 1 the body holds one record, else a list.")
                    .withDefault("1")
                    .withRange(1, MAXIMUM_RECORDS),
            SettingDescriptor.optional(
                            "requests_per_second",
                            "Requests per second",
                            Type.INTEGER,
                            "10",
                            "Most requests per second, 1 to 10000, all syncs to this webhook together. Left empty, there "
                                    + "is no limit.")
                    .withRange(1, MAXIMUM_RATE),
            SettingDescriptor.optional(
                            "timeout",
                            "Timeout",
                            Type.INTEGER,
                            "60",
                            "Seconds the server may take to answer, 1 to 600. Later answers count as unknown.")
                    .withDefault("60")
                    .withRange(1, 600));

    /**
     * Reads settings.
     *
     * @throws ConnectorException with code {@code SETTINGS_INVALID} when no request can be made of them
     */
    static WebhookSettings from(ConnectionSettings settings) throws ConnectorException {
        URI url = URI.create(settings.secret("url").reveal());
        if (url.getRawUserInfo() != null) {
            throw invalid("The URL holds a user name or a password: give an Authorization header instead.");
        }
        Map<String, Secret> headers = settings.secretMap("headers");
        for (Map.Entry<String, Secret> header : headers.entrySet()) {
            checkHeader(header.getKey(), header.getValue());
        }
        return new WebhookSettings(
                url,
                headers,
                settings.optionalSecret("signing_secret"),
                settings.integer("records_per_request"),
                settings.optionalInteger("requests_per_second")
                        .map(rate -> OptionalDouble.of(rate))
                        .orElse(OptionalDouble.empty()),
                Duration.ofSeconds(settings.integer("timeout")));
    }

    /** Host and, where it is given, port: what may be shown to people. */
    String host() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static void checkHeader(String name, Secret value) throws ConnectorException {
        try {
            HttpRequest.newBuilder().header(name, value.reveal());
        } catch (IllegalArgumentException refused) {
            // The exception is dropped: its text repeats the value.
            throw invalid("The header " + name.replaceAll("[^ -~]", "?")
                    + " cannot be sent: its name is reserved or its name or value is malformed.");
        }
    }

    private static ConnectorException invalid(String message) {
        return new ConnectorException(
                new ConnectorError("SETTINGS_INVALID", ConnectorError.Fault.CONFIGURATION, message));
    }
}
