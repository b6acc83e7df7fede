package io.sluice.connector.destination.webhook;

import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One batch, one POST, one answer. */
final class WebhookWriter implements DestinationWriter {
    private static final String JSON = "application/json";

    private final WebhookSettings settings;
    private final HttpClient client;
    private final RequestBody body;
    private final IdempotencyKey idempotencyKey;
    private final InstantSource clock;
    private final AnswerRules rules;

    WebhookWriter(WebhookSettings settings, WritePlan plan, HttpClient client, InstantSource clock) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.body = new RequestBody(plan, settings.recordsPerRequest() > 1);
        this.idempotencyKey = new IdempotencyKey(plan.syncRunId());
        this.rules = new AnswerRules(settings.host(), clock);
    }

    @Override
    public BatchResult write(DestinationBatch batch) {
        if (batch.records().size() > settings.recordsPerRequest()) {
            throw new IllegalArgumentException("a request takes " + settings.recordsPerRequest() + " records, not "
                    + batch.records().size());
        }
        CompletableFuture<HttpResponse<KeptBody>> answer =
                client.sendAsync(request(batch), KeptBody.handler(AnswerRules.EXCERPT_BYTES));
        try {
            HttpResponse<KeptBody> response = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return rules.judge(
                    response.statusCode(),
                    response.headers(),
                    response.body(),
                    batch.records().size());
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new BatchResult.Unknown("No answer from " + settings.host() + " within "
                    + settings.timeout().toSeconds() + " s.");
        } catch (InterruptedException interrupt) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new BatchResult.Unknown("Interrupted while waiting for the answer of " + settings.host() + ".");
        } catch (ExecutionException | CancellationException failure) {
            return failed(failure);
        }
    }

    @Override
    public void close() {
        // Connections belong to the client, which outlives the writer.
    }

    private BatchResult failed(Exception failure) {
        if (failure.getCause() instanceof IOException io) {
            return HttpFailures.result(settings.host(), io);
        }
        return new BatchResult.Unknown("The request to " + settings.host() + " was given up.");
    }

    private HttpRequest request(DestinationBatch batch) {
        ByteBuffer content = body.render(batch);
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .setHeader("Content-Type", JSON)
                .setHeader("Accept", JSON)
                .setHeader("User-Agent", "Sluice");
        settings.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
        settings.signingSecret().ifPresent(secret -> {
            String signature = Signature.of(secret, content);
            request.setHeader("X-Sluice-Signature", signature).setHeader("X-Signature", signature);
        });
        return request.setHeader(
                        "X-Sluice-Timestamp", Long.toString(clock.instant().getEpochSecond()))
                .setHeader("Idempotency-Key", idempotencyKey.of(batch.records()))
                .POST(new BodyPieces(content))
                .build();
    }
}
