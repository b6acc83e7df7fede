package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers of a real server become results (destinations.md cards 1 and 2, RTY-5). */
class WebhookAnswerTest {
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everySuccessAcceptsAll(int status) throws Exception {
        receiver.answer(Receiver.Answer.of(status, status == 204 ? "" : "{\"ok\":true}"));

        assertThat(write(3)).isEqualTo(new BatchResult.AllAccepted());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRefusalOfContentsIsSplitUntilItIsTheRecordsOwn(int status) throws Exception {
        receiver.answer(Receiver.Answer.of(status, " name is too long \n"));

        assertThat(write(3)).isEqualTo(new BatchResult.Refused("HTTP " + status + ": name is too long"));
        assertThat(write(1)).isEqualTo(rejected(1, "HTTP " + status + ": name is too long"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 408, 409, 410, 418, 451})
    void otherClientErrorsRejectTheWholeRequest(int status) throws Exception {
        receiver.answer(Receiver.Answer.of(status, ""));

        assertThat(write(3)).isEqualTo(rejected(3, "HTTP " + status));
    }

    @Test
    void tooManyRequestsWaitsAsLongAsTheServerSays() throws Exception {
        receiver.answer(new Receiver.Answer(429, Map.of("Retry-After", "17"), "slow down"));

        assertThat(write(2)).isEqualTo(new BatchResult.RetryLater(Duration.ofSeconds(17), "HTTP 429: slow down"));
    }

    @Test
    void tooManyRequestsWithoutATimeLeavesTheWaitToTheEngine() throws Exception {
        receiver.answer(Receiver.Answer.of(429, ""));

        assertThat(write(2)).isEqualTo(new BatchResult.RetryLater(Duration.ZERO, "HTTP 429"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void serverErrorsAreRetriedAndFailTheRunInTheEnd(int status) throws Exception {
        receiver.answer(new Receiver.Answer(status, Map.of("Retry-After", "2"), "oops, id-1"));

        assertThat(write(2)).asInstanceOf(type(BatchResult.RetryLater.class)).satisfies(later -> {
            assertThat(later.after()).isEqualTo(Duration.ofSeconds(2));
            assertThat(later.reason()).isEqualTo("HTTP " + status + ": oops, id-1");
            ConnectorError error = later.ifExhausted().orElseThrow();
            assertThat(error.code()).isEqualTo("DESTINATION_UNAVAILABLE");
            assertThat(error.message()).contains("127.0.0.1", "HTTP " + status).doesNotContain("id-1", "hush");
        });
    }

    @Test
    void aRedirectIsNotFollowedAndFailsTheRun() throws Exception {
        receiver.answer(new Receiver.Answer(302, Map.of("Location", receiver.url()), ""));

        assertThat(write(1)).asInstanceOf(type(BatchResult.Failed.class)).satisfies(failed -> assertThat(failed.error())
                .extracting(ConnectorError::code, ConnectorError::fault)
                .containsExactly("UNEXPECTED_ANSWER", ConnectorError.Fault.CONFIGURATION));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void theReasonIsTheServersTextCutAtFiveHundredCharacters() throws Exception {
        receiver.answer(Receiver.Answer.of(422, "🐎".repeat(100_000)));

        assertThat(write(1)).isEqualTo(rejected(1, "HTTP 422: " + "🐎".repeat(250)));
    }

    /** As the engine does it: halves, until each record has its own answer (RTY-3). */
    @Test
    void tenBadOfAThousandEndUpRejectedEachForItsOwnReason() throws Exception {
        Set<String> bad = new TreeSet<>();
        for (int id = 3; id <= 1_000; id += 100) {
            bad.add("id-" + id);
        }
        List<String> kept = new CopyOnWriteArrayList<>();
        receiver.answer(request -> {
            List<String> identifiers = new ArrayList<>();
            request.json()
                    .get("records")
                    .forEach(each -> identifiers.add(each.get("identifier").asText()));
            for (String identifier : identifiers) {
                if (bad.contains(identifier)) {
                    return Receiver.Answer.of(422, identifier + " is unwelcome");
                }
            }
            kept.addAll(identifiers);
            return Receiver.Answer.of(200, "");
        });

        Map<String, String> rejected = new TreeMap<>();
        try (DestinationConnection connection = Webhooks.open(receiver.url(), Map.of("records_per_request", 1_000));
                DestinationWriter writer = Webhooks.writer(connection)) {
            deliver(writer, Webhooks.upserts(1_000), rejected);
        }

        assertThat(rejected).containsOnlyKeys(bad).allSatisfy((identifier, reason) -> assertThat(reason)
                .isEqualTo("HTTP 422: " + identifier + " is unwelcome"));
        assertThat(kept).hasSize(990).doesNotHaveDuplicates().doesNotContainAnyElementsOf(bad);
    }

    private static void deliver(DestinationWriter writer, DestinationBatch batch, Map<String, String> rejected) {
        List<DestinationRecord> records = batch.records();
        switch (writer.write(batch)) {
            case BatchResult.AllAccepted() -> {}
            case BatchResult.PerRecord(var results) ->
                rejected.put(records.getFirst().identifier(), ((AttemptResult.Rejected) results.getFirst()).reason());
            case BatchResult.Refused(var _) -> {
                int middle = records.size() / 2;
                deliver(writer, new DestinationBatch(batch.kind(), records.subList(0, middle)), rejected);
                deliver(writer, new DestinationBatch(batch.kind(), records.subList(middle, records.size())), rejected);
            }
            case BatchResult other -> throw new AssertionError(other);
        }
    }

    @Test
    void noAnswerInTimeIsUnknown() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        receiver.answer(_ -> {
            awaitQuietly(over);
            return Receiver.Answer.of(200, "");
        });

        assertThat(write(1, Map.of("timeout", 1, "records_per_request", 10)))
                .asInstanceOf(type(BatchResult.Unknown.class))
                .satisfies(unknown -> assertThat(unknown.reason()).contains("within 1 s"));
        over.countDown();
    }

    @Test
    void anInterruptedWaitIsUnknownAndStaysInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        receiver.answer(_ -> {
            arrived.countDown();
            awaitQuietly(over);
            return Receiver.Answer.of(200, "");
        });
        Thread test = Thread.currentThread();
        Thread.startVirtualThread(() -> {
            awaitQuietly(arrived);
            test.interrupt();
        });

        BatchResult result = write(1);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(BatchResult.Unknown.class);
        over.countDown();
    }

    private BatchResult write(int records) throws Exception {
        return write(records, Map.of("records_per_request", 10));
    }

    private BatchResult write(int records, Map<String, ?> settings) throws Exception {
        try (DestinationConnection connection = Webhooks.open(receiver.url(), settings);
                DestinationWriter writer = Webhooks.writer(connection)) {
            return writer.write(Webhooks.upserts(records));
        }
    }

    private static BatchResult rejected(int records, String reason) {
        return new BatchResult.PerRecord(Collections.nCopies(records, new AttemptResult.Rejected(reason)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
