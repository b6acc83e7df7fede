package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer, half an answer, and settings that cannot work. */
class WebhookFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
                "this is not HTTP\r\n\r\n"
            })
    void anAnswerThatBreaksOffIsUnknown(String half) throws Exception {
        try (RawServer server = new RawServer(half)) {
            assertThat(write(server.url())).isInstanceOf(BatchResult.Unknown.class);
        }
    }

    @Test
    void aRefusalWhoseBodyBreaksOffIsARefusalOrAtWorstUnknown() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 422 No\r\nContent-Length: 100\r\n\r\nbad email")) {
            // when the end of the connection overtakes the head inside the JDK's client, the status is lost as well
            assertThat(write(server.url()))
                    .isIn(
                            new BatchResult.PerRecord(List.of(new AttemptResult.Rejected("HTTP 422: bad email"))),
                            new BatchResult.Unknown("The connection to "
                                    + URI.create(server.url()).getAuthority()
                                    + " ended before the server had answered."));
        }
    }

    @Test
    void aRefusedConnectionSentNothingAndFailsTheRunWhenItStays() throws Exception {
        assertThat(write("http://127.0.0.1:" + freePort() + "/"))
                .asInstanceOf(type(BatchResult.RetryLater.class))
                .satisfies(later ->
                        assertThat(later.ifExhausted().orElseThrow().code()).isEqualTo("HOST_UNREACHABLE"));
    }

    @Test
    void anUnknownHostSentNothing() throws Exception {
        assertThat(write("http://nowhere.invalid/"))
                .asInstanceOf(type(BatchResult.RetryLater.class))
                .satisfies(later ->
                        assertThat(later.ifExhausted().orElseThrow().code()).isEqualTo("HOST_NOT_FOUND"));
    }

    @Test
    void aServerWithoutTlsFailsAnHttpsWebhook() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            String url = server.url().replace("http:", "https:");
            try (DestinationConnection connection = Webhooks.open(url, Map.of())) {
                List<ConnectionCheck.Step> steps = connection.check().steps();
                assertThat(steps).hasSize(3);
                assertThat(steps.subList(0, 2)).allMatch(ConnectionCheck.Passed.class::isInstance);
                assertThat(steps.get(2)).isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> assertThat(
                                failed.error().code())
                        .isEqualTo("TLS_FAILED"));
            }
        }
    }

    @Test
    void theCheckNamesTheStepThatFailsAndSendsNothing() throws Exception {
        try (Receiver receiver = new Receiver();
                DestinationConnection connection = Webhooks.open(receiver.url(), Map.of())) {
            assertThat(connection.check().passed()).isTrue();
            assertThat(receiver.requests()).isEmpty();
        }
        try (DestinationConnection connection =
                Webhooks.open("https://127.0.0.1:" + freePort() + "/?token=hush", Map.of())) {
            ConnectionCheck check = connection.check();
            assertThat(check.steps().get(0)).isInstanceOf(ConnectionCheck.Passed.class);
            assertThat(check.steps().get(1)).isInstanceOf(ConnectionCheck.Failed.class);
            assertThat(check.steps().get(2)).isInstanceOf(ConnectionCheck.Skipped.class);
            assertThat(check.toString()).doesNotContain("hush");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Host", "Bad Name", "X-Evil\r\nInjected", ""})
    void aHeaderThatCannotBeSentIsRefusedWithoutRepeatingItsValue(String name) {
        assertThatThrownBy(() -> Webhooks.open("http://127.0.0.1/", Map.of("headers", Map.of(name, "hunter2"))))
                .isInstanceOfSatisfying(ConnectorException.class, refused -> {
                    assertThat(refused.error().code()).isEqualTo("SETTINGS_INVALID");
                    assertThat(refused.error().fault()).isEqualTo(ConnectorError.Fault.CONFIGURATION);
                    assertThat(refused).hasMessageNotContaining("hunter2").hasNoCause();
                });
    }

    @Test
    void credentialsInTheUrlAreRefused() {
        assertThatThrownBy(() -> Webhooks.open("http://user:hunter2@127.0.0.1/", Map.of()))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theSettingsLimitTheBatch() throws Exception {
        try (DestinationConnection connection =
                Webhooks.open("http://127.0.0.1/", Map.of("records_per_request", "25"))) {
            assertThat(connection.limits(new WebhookDestinationConnector().claims()))
                    .isEqualTo(new ConnectionLimits(25, 8));
        }
    }

    @Test
    void theSettingsLimitTheRate() throws Exception {
        DestinationClaims claims = new WebhookDestinationConnector().claims();
        try (DestinationConnection slow = Webhooks.open("http://127.0.0.1:9/hook", Map.of("requests_per_second", 25));
                DestinationConnection free = Webhooks.open("http://127.0.0.1:9/hook", Map.of())) {
            assertThat(slow.limits(claims).callsPerSecond()).hasValue(25);
            assertThat(free.limits(claims).callsPerSecond()).isEmpty();
        }
    }

    @Test
    void thereIsOneObject() throws Exception {
        try (DestinationConnection connection = Webhooks.open("http://127.0.0.1/", Map.of())) {
            assertThatThrownBy(() -> connection.openWriter(new WritePlan("contact", "id", List.of("id"), 1, 2)))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            refused -> assertThat(refused.error().code()).isEqualTo("OBJECT_NOT_FOUND"));
        }
    }

    private static BatchResult write(String url) throws Exception {
        try (DestinationConnection connection = Webhooks.open(url, Map.of("timeout", 5));
                DestinationWriter writer = Webhooks.writer(connection)) {
            return writer.write(Webhooks.upserts(1));
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
