package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.integration.HookReceiver.Decision;
import io.sluice.testsupport.fault.HttpReply;
import io.sluice.testsupport.fault.HttpRequestSeen;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An HTTP destination that answers 429, 500, too late, half, twice or not at all, through the whole stack. */
class MoodyWebhookIT {
    private static final int ROWS = 5_000;
    private static final int PER_REQUEST = 100;

    private final HookReceiver receiver = new HookReceiver();
    private PostgresDatabase database;
    private Syncs syncs;
    private long sync;

    @BeforeEach
    void makeTables() throws Exception {
        database = StackUnderTest.database("moody");
        Tables.execute(database, "create table events (id integer primary key, version bigint)");
        Tables.execute(database, "insert into events select i, 1 from generate_series(1, " + ROWS + ") i");
        syncs = Syncs.toWebhook(
                database, Map.of("url", receiver.url(), "records_per_request", PER_REQUEST, "timeout", 2));
        sync = syncs.create("events", Syncs.WEBHOOK_OBJECT, "upsert", List.of("id", "version"));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    @DisplayName("A receiver in every mood holds each record in the end, and each has one tracking row")
    void everyMood() throws Exception {
        Random random = new Random(7);
        AtomicInteger troubles = new AtomicInteger();
        receiver.mood((request, records) -> {
            int dice;
            synchronized (random) {
                dice = random.nextInt(20);
            }
            if (dice < 8) {
                troubles.incrementAndGet();
            }
            return switch (dice) {
                case 0 -> new Decision(false, tooMany("1"));
                case 1 -> new Decision(false, tooMany(httpDate(Duration.ofSeconds(2))));
                case 2 -> new Decision(false, new HttpReply.Answer(500, "down"));
                case 3 -> new Decision(true, new HttpReply.Truncated(200));
                case 4 -> new Decision(false, new HttpReply.Reset());
                case 5 -> new Decision(true, new HttpReply.Reset());
                case 6 -> new Decision(true, new HttpReply.Silence());
                case 7 -> new Decision(true, new HttpReply.Answer(200, Map.of(), "late", Duration.ofSeconds(3)));
                default -> new Decision(true, HttpReply.OK);
            };
        });

        JsonNode run = syncs.run(sync);

        assertThat(troubles).hasValueGreaterThan(5);
        assertThat(run.path("records_updated").asLong()).as(run.toString()).isEqualTo(ROWS);
        assertThat(receiver.held()).isEqualTo(oracle());
        assertThat(receiver.repeated()).as("records that came more than once").isPositive();
        FaultChecks.assertAccountedFor(run);
        receiver.mood((request, records) -> new Decision(true, HttpReply.OK));
        FaultChecks.assertNobodyIsStuck(syncs, sync);
    }

    @Test
    @DisplayName("AC-7: after a 429 with Retry-After nothing is sent before that time is over")
    void retryAfterHolds() throws Exception {
        AtomicLong refusedAt = new AtomicLong();
        receiver.mood((request, records) -> {
            if (request.number() == 5 && refusedAt.compareAndSet(0, request.nanos())) {
                return new Decision(false, tooMany("3"));
            }
            return new Decision(true, HttpReply.OK);
        });

        JsonNode run = syncs.run(sync);

        assertThat(receiver.held()).isEqualTo(oracle());
        // calls under way when the 429 is given may still end; nothing begins afterwards
        long hold = refusedAt.get() + Duration.ofMillis(500).toNanos();
        long over = refusedAt.get() + Duration.ofMillis(2_900).toNanos();
        assertThat(receiver.requests())
                .extracting(HttpRequestSeen::nanos)
                .noneMatch(at -> at > hold && at < over)
                .anyMatch(at -> at >= over);
        FaultChecks.assertAccountedFor(run);
    }

    @Test
    @DisplayName("AC-7: a server that answers 500 fails the run after eight tries; the next run sends what is left")
    void aServerThatIsDownFailsTheRun() throws Exception {
        syncs.run(sync);
        receiver.forget();
        Tables.execute(database, "update events set version = 2");
        AtomicInteger accepted = new AtomicInteger();
        receiver.mood((request, records) -> accepted.incrementAndGet() <= 10
                ? new Decision(true, HttpReply.OK)
                : new Decision(false, new HttpReply.Answer(500, "down")));

        JsonNode failed = syncs.await(syncs.trigger(sync));

        assertThat(failed.path("status").asText()).as(failed.toString()).isEqualTo("failed");
        assertThat(failed.toString()).contains("DESTINATION_UNAVAILABLE");
        assertThat(failed.path("records_updated").asLong()).isEqualTo(heldAt(2));
        assertThat(failed.path("records_failed").asLong()).isZero();
        assertThat(mostTriesOfOneRequest()).isEqualTo(8);
        FaultChecks.assertAccountedFor(failed);

        long held = heldAt(2);
        assertThat(held).isBetween(1L, ROWS - 1L);
        receiver.mood((request, records) -> new Decision(true, HttpReply.OK));
        JsonNode next = syncs.run(sync);
        assertThat(next.path("records_processed").asLong()).isEqualTo(ROWS - held);
        assertThat(heldAt(2)).isEqualTo(ROWS);
        FaultChecks.assertAccountedFor(next);
    }

    private long heldAt(long version) {
        return receiver.held().values().stream().filter(held -> held == version).count();
    }

    private long mostTriesOfOneRequest() {
        Map<String, Integer> tries = new HashMap<>();
        receiver.requests()
                .forEach(
                        request -> tries.merge(request.header("Idempotency-Key").orElseThrow(), 1, Integer::sum));
        return tries.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @Test
    @DisplayName("AC-6: requests with bad records are split until each bad one stands alone; AC-5: it comes back")
    void badRecordsAreFoundBySplitting() throws Exception {
        List<String> bad = List.of("17", "2500", "2501", "4999");
        receiver.mood((request, records) -> records.stream().anyMatch(bad::contains)
                ? new Decision(false, new HttpReply.Answer(422, "unlucky"))
                : new Decision(true, HttpReply.OK));

        JsonNode run = syncs.run(sync);

        assertThat(run.path("records_failed").asLong()).isEqualTo(bad.size());
        assertThat(run.path("records_updated").asLong()).isEqualTo(ROWS - bad.size());
        Map<String, Long> expected = oracle();
        bad.forEach(expected::remove);
        assertThat(receiver.held()).isEqualTo(expected);
        assertThat(receiver.repeated())
                .as("what was accepted is not sent again")
                .isZero();
        FaultChecks.assertAccountedFor(run);

        receiver.forget();
        receiver.mood((request, records) -> new Decision(true, HttpReply.OK));
        JsonNode next = syncs.run(sync);
        assertThat(next.path("records_updated").asLong()).isEqualTo(bad.size());
        assertThat(receiver.held()).isEqualTo(oracle());
        FaultChecks.assertNobodyIsStuck(syncs, sync);
    }

    private static HttpReply tooMany(String retryAfter) {
        return new HttpReply.Answer(429, Map.of("Retry-After", retryAfter), "slow down", Duration.ZERO);
    }

    private static String httpDate(Duration from) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(from));
    }

    private static Map<String, Long> oracle() {
        Map<String, Long> rows = new HashMap<>();
        for (int id = 1; id <= ROWS; id++) {
            rows.put(Integer.toString(id), 1L);
        }
        return rows;
    }
}
