package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the receiver gets. */
class WebhookRequestTest {
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void aSingleRecordIsTheBody() throws Exception {
        Receiver.Request request = send(
                Map.of(),
                Webhooks.one(
                        OperationKind.UPSERT,
                        Webhooks.sent(
                                "7",
                                new Value.Number("7"),
                                new Value.Text("Řehoř \"Bob\" 🐎"),
                                new Value.Structured("[1.50,null]"))));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?token=hush");
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"sync_id\":12,\"sync_run_id\":345,\"operation\":\"upsert\",\"identifier\":\"7\","
                        + "\"record\":{\"id\":7,\"name\":\"Řehoř \\\"Bob\\\" 🐎\",\"tags\":[1.50,null]}}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Idempotency-Key")).isEqualTo("345-7");
        assertThat(request.headers()).doesNotContainKeys("X-sluice-signature", "X-signature");
    }

    @Test
    void aListHoldsEachRecordWithItsIdentifierAlsoWhenThereIsOnlyOne() throws Exception {
        Map<String, Integer> several = Map.of("records_per_request", 100);
        JsonNode two = send(several, Webhooks.upserts(2)).json();
        JsonNode one = send(several, Webhooks.upserts(1)).json();

        assertThat(two.get("operation").asText()).isEqualTo("upsert");
        assertThat(two.has("identifier")).isFalse();
        assertThat(two.get("records")).hasSize(2);
        assertThat(two.get("records").get(1).toString())
                .isEqualTo("{\"identifier\":\"id-2\",\"record\":{\"id\":\"id-2\",\"name\":\"Name 2\",\"tags\":null}}");
        assertThat(one.get("records")).hasSize(1);
    }

    @Test
    void fieldsLeftAloneAreLeftOutAndADeleteHoldsTheIdentifierOnly() throws Exception {
        JsonNode partial = send(
                        Map.of(),
                        Webhooks.one(
                                OperationKind.UPDATE, Webhooks.sent("1", new Value.Text("1"), null, Value.nothing())))
                .json();
        JsonNode delete = send(
                        Map.of(),
                        Webhooks.one(OperationKind.DELETE, Webhooks.sent("1", new Value.Text("1"), null, null)))
                .json();

        assertThat(partial.get("record").toString()).isEqualTo("{\"id\":\"1\",\"tags\":null}");
        assertThat(delete.get("operation").asText()).isEqualTo("delete");
        assertThat(delete.get("record").toString()).isEqualTo("{\"id\":\"1\"}");
    }

    @Test
    void theSignatureVerifiesOverTheExactBytes() throws Exception {
        Receiver.Request request = send(Map.of("signing_secret", "s3cret-ž"), Webhooks.upserts(1));

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret-ž".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
        assertThat(request.header("X-Sluice-Signature")).isEqualTo(expected);
        assertThat(request.header("X-Signature")).isEqualTo(expected);
        assertThat(Instant.ofEpochSecond(Long.parseLong(request.header("X-Sluice-Timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void ownHeadersAreSentAndMayReplaceTheContentType() throws Exception {
        Receiver.Request request = send(
                Map.of("headers", Map.of("Authorization", "Bearer abc", "content-type", "application/vnd.x+json")),
                Webhooks.upserts(1));

        assertThat(request.header("Authorization")).isEqualTo("Bearer abc");
        assertThat(request.headers().get("Content-Type")).containsExactly("application/vnd.x+json");
    }

    @Test
    void theSameBatchKeepsItsKeyWhenItIsSentAgain() throws Exception {
        Map<String, Integer> several = Map.of("records_per_request", 100);
        String first = send(several, Webhooks.upserts(3)).header("Idempotency-Key");

        assertThat(send(several, Webhooks.upserts(3)).header("Idempotency-Key")).isEqualTo(first);
        assertThat(send(several, Webhooks.upserts(2)).header("Idempotency-Key")).isNotEqualTo(first);
    }

    @Test
    void manyRequestsShareAConnection() throws Exception {
        try (DestinationConnection connection = Webhooks.open(receiver.url(), Map.of());
                DestinationWriter writer = Webhooks.writer(connection)) {
            for (int request = 0; request < 500; request++) {
                assertThat(writer.write(Webhooks.upserts(1))).isEqualTo(new BatchResult.AllAccepted());
            }
        }
        assertThat(receiver.requests()).hasSize(500);
        assertThat(receiver.requests())
                .extracting(Receiver.Request::clientPort)
                .containsOnly(receiver.requests().getFirst().clientPort());
    }

    private Receiver.Request send(Map<String, ?> settings, DestinationBatch batch) throws Exception {
        try (DestinationConnection connection = Webhooks.open(receiver.url(), settings);
                DestinationWriter writer = Webhooks.writer(connection)) {
            assertThat(writer.write(batch)).isEqualTo(new BatchResult.AllAccepted());
        }
        return List.copyOf(receiver.requests()).getLast();
    }
}
