package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.EndState;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.QuarantineKey;
import io.sluice.contract.QuarantineRelease;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.quarantine.ReleasedRecords;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Issue 3.6: the list of quarantined records, releasing them, and what runs are told and say of them. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class QuarantineListIT {
    private static final Instant SINCE = Instant.parse("2026-11-30T07:00:00Z");

    /** An identifier that no index of PostgreSQL takes. */
    private static final String LONG = new BigInteger(40_000, new Random(1)).toString(Character.MAX_RADIX);

    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    private Api api;
    private Workers workers;
    private KafkaProducer<String, QuarantinedRecord> differ;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
        workers = new Workers(kafka);
        differ = new KafkaClients(kafka).producer();
    }

    @AfterEach
    void close() {
        differ.close();
        workers.close();
    }

    @Test
    @DisplayName("Quarantined records are listed, released by identifier, and the next run's plan says so, once")
    void listAndRelease() {
        // Given
        long sync = sync();
        long first = run(sync);
        assertThat(plan(first).getQuarantine().getMaxConsecutiveFailures()).isEqualTo(2);
        assertThat(plan(first).getQuarantine().getReleases()).isEmpty();
        tell(sync, "ann@example.com", first);
        tell(sync, "bob", first);
        awaitListed(sync, "ann@example.com", "bob");
        JsonNode ann = list(sync).get(0);
        assertThat(ann.path("operation").asText()).isEqualTo("upsert");
        assertThat(ann.path("consecutive_failures").asInt()).isEqualTo(2);
        assertThat(ann.path("last_failed_sync_run_id").asLong()).isEqualTo(first);
        assertThat(ann.path("reason").asText()).isEqualTo("no such country");
        assertThat(ann.path("failing_since").asText()).isEqualTo("2026-11-30T07:00:00.000Z");
        assertThat(Api.inNewWorkspace(base)
                        .get("/syncs/" + sync + "/quarantined_records")
                        .status())
                .isEqualTo(404);

        // When
        Api.Answer released = release(sync, "{\"identifiers\":[\"ann@example.com\",\"nobody\"]}");

        // Then
        assertThat(released.data().path("released").asLong()).isEqualTo(1);
        awaitListed(sync, "bob");
        // news that the release has overtaken changes nothing; what follows it is taken
        tell(sync, "ann@example.com", first);
        tell(sync, LONG, first);
        awaitListed(sync, "bob", LONG);

        long second = run(sync);
        List<QuarantineRelease> releases = plan(second).getQuarantine().getReleases();
        assertThat(releases).hasSize(1);
        assertThat(releases.getFirst().getBeforeRun()).isEqualTo(second);
        ReleasedRecords records = ReleasedRecords.read(releases.getFirst().getRecords());
        assertThat(records.contains("ann@example.com")).isTrue();
        assertThat(records.contains("bob")).isFalse();
        assertThat(plan(run(sync)).getQuarantine().getReleases()).isEmpty();

        // and what fails after its release is listed again
        tell(sync, "ann@example.com", second);
        gone(sync, "bob");
        awaitListed(sync, "ann@example.com", LONG);
    }

    @Test
    @DisplayName("A release of all empties the list and reaches the next run, a dry one too")
    void releaseAll() {
        long sync = sync();
        long first = run(sync);
        tell(sync, "ann", first);
        tell(sync, "bob", first);
        awaitListed(sync, "ann", "bob");
        release(sync, "{\"identifiers\":[\"ann\"]}");

        assertThat(release(sync, "{\"all\":true}").data().path("released").asLong())
                .isEqualTo(1);

        awaitListed(sync);
        long dry = api.post("/syncs/" + sync + "/dry_run")
                .data()
                .path("sync_run_id")
                .asLong();
        assertThat(plan(dry).getQuarantine().getReleases())
                .containsExactly(
                        new QuarantineRelease(dry, ReleasedRecords.all().toBytes()));
    }

    @Test
    @DisplayName("What a release cannot mean, or is too much for a plan, is refused and releases nothing")
    void refusals() {
        long sync = sync();
        long first = run(sync);
        tell(sync, "ann", first);
        awaitListed(sync, "ann");
        String many = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "\"" + i + "\"")
                .collect(Collectors.joining(",", "{\"identifiers\":[\"ann\",", "]}"));

        assertThat(code(release(sync, "{}"))).isEqualTo("REQUIRED");
        assertThat(code(release(sync, "{\"all\":true,\"identifiers\":[\"ann\"]}")))
                .isEqualTo("INVALID_VALUE");
        assertThat(code(release(sync, many))).isEqualTo("RELEASE_TOO_LARGE");
        assertThat(release(sync + 1_000_000, "{\"all\":true}").status()).isEqualTo(404);
        awaitListed(sync, "ann");
    }

    @Test
    @DisplayName(
            "TRK-4: where a column is personal its values are masked in the list, and can be released all the same")
    void personalColumns() {
        long sync = sync();
        JsonNode source = api.get("/syncs/" + sync).data().path("source_attributes");
        long first = run(sync);
        tell(sync, "ann", first);
        awaitListed(sync, "ann");

        api.send(
                "PUT",
                "/sources/" + source.path("connection_id").asLong() + "/objects/"
                        + source.path("object").path("id").asLong() + "/pii_columns",
                "{\"pii_columns\":[\"email\"]}");

        assertThat(list(sync).get(0).path("identifier").asText()).isEqualTo("[masked]");
        assertThat(list(sync).get(0).path("reason").asText()).isEqualTo("[masked]");
        assertThat(release(sync, "{\"identifiers\":[\"ann\"]}")
                        .data()
                        .path("released")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("HIS-8: a run says how many records it left alone, and an append reads them again next time")
    void counters() {
        ObjectNode body = Api.syncBody(api.source(), api.destination());
        body.put("operation", "append").put("high_water_mark_attribute", "age").put("max_consecutive_failures", 2);
        body.withObject("destination_attributes").put("object", "event");
        body.putArray("mappings")
                .add(Api.json("{\"from\":{\"type\":\"column\",\"data\":\"email\"},\"to\":\"id\","
                        + "\"is_primary_identifier\":true}"));
        Api.Answer created = api.post("/syncs", body.toString());
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        long sync = created.data().path("sync_id").asLong();

        long first = trigger(sync);
        assertThat(api.get("/sync_runs/" + first)
                        .data()
                        .path("records_quarantined")
                        .isNull())
                .isTrue();
        end(first, 2, "2026-11-01", false);

        JsonNode ended = api.get("/sync_runs/" + first).data();
        assertThat(ended.path("records_quarantined").asLong()).isEqualTo(4);
        assertThat(ended.path("records_processed").asLong()).isZero();
        long second = trigger(sync);
        assertThat(plan(second).getHighWaterMark().getFrom()).isNull();
        end(second, 0, "2026-12-01", false);
        assertThat(plan(trigger(sync)).getHighWaterMark().getFrom()).isEqualTo("2026-12-01");
    }

    @Test
    @DisplayName("ENG-10: with the differ's state its list is lost; a deleted sync takes its list along, late news too")
    void listsThatNobodyWillClear() {
        long sync = sync();
        long first = run(sync);
        tell(sync, "ann", first);
        awaitListed(sync, "ann");
        long second = trigger(sync);
        end(second, 0, null, true);
        awaitListed(sync);

        tell(sync, "bob", second);
        awaitListed(sync, "bob");
        long other = sync();
        assertThat(api.delete("/syncs/" + sync).status()).isEqualTo(200);
        tell(sync, "cid", second);
        gone(sync, "bob");
        tell(other, "dan", second);
        awaitListed(other, "dan");
        assertThat(api.get("/syncs/" + sync + "/quarantined_records").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("max_consecutive_failures is a key of the sync like any other, 0 unless it is said")
    void theSync() {
        long sync = api.sync();
        assertThat(api.get("/syncs/" + sync)
                        .data()
                        .path("max_consecutive_failures")
                        .asInt(-1))
                .isZero();
        assertThat(plan(run(sync)).getQuarantine()).isNull();

        api.patch("/syncs/" + sync, "{\"max_consecutive_failures\":5}");
        api.patch("/syncs/" + sync, "{\"label\":\"Other\"}");

        assertThat(api.get("/syncs/" + sync)
                        .data()
                        .path("max_consecutive_failures")
                        .asInt())
                .isEqualTo(5);
        Api.Answer refused = api.patch("/syncs/" + sync, "{\"max_consecutive_failures\":\"many\"}");
        assertThat(code(refused)).isEqualTo("INVALID_VALUE");
    }

    private long sync() {
        Api.Answer created = api.post(
                "/syncs",
                Api.syncBody(api.source(), api.destination())
                        .put("max_consecutive_failures", 2)
                        .toString());
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.data().path("sync_id").asLong();
    }

    private long trigger(long sync) {
        return api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
    }

    /** A run without a record, to its end. */
    private long run(long sync) {
        long run = trigger(sync);
        workers.complete(run);
        awaitCompleted(run);
        return run;
    }

    private void end(long run, long quarantined, String mark, boolean stateLost) {
        for (int partition = 0; partition < 2; partition++) {
            workers.ended(run, Stage.TRACK, partition, Workers.NOTHING, Workers.NOTHING_LOADED);
            workers.send(
                    run,
                    new RunEvent(PartitionEnded.newBuilder()
                            .setSyncRunId(run)
                            .setStage(Stage.DIFF)
                            .setPartition(partition)
                            .setState(EndState.COMPLETED)
                            .setDiff(Workers.NOTHING)
                            .setLoad(Workers.NOTHING_LOADED)
                            .setError(null)
                            .setHighWaterMark(mark)
                            .setStateLost(stateLost)
                            .setQuarantined(quarantined)
                            .build()));
        }
        awaitCompleted(run);
    }

    private void awaitCompleted(long run) {
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(
                        api.get("/sync_runs/" + run).data().path("status").asText())
                .isEqualTo("completed"));
    }

    private RunPlan plan(long run) {
        return workers.<RunPlan>await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)))
                .value();
    }

    private void tell(long sync, String identifier, long run) {
        send(
                sync,
                identifier,
                new QuarantinedRecord(sync, identifier, PlannedOperation.UPSERT, 2, run, "no such country", SINCE));
    }

    private void gone(long sync, String identifier) {
        send(sync, identifier, null);
    }

    /** All in one partition, so that a later message tells that the earlier ones were taken. */
    private void send(long sync, String identifier, QuarantinedRecord record) {
        differ.send(new ProducerRecord<>(Topics.QUARANTINE, 0, new QuarantineKey(sync, identifier).text(), record));
        differ.flush();
    }

    private JsonNode list(long sync) {
        return api.get("/syncs/" + sync + "/quarantined_records?order=asc").data();
    }

    private void awaitListed(long sync, String... identifiers) {
        Eventually.eventually(Duration.ofSeconds(30), () -> {
            Api.Answer answer = api.get("/syncs/" + sync + "/quarantined_records?order=asc");
            assertThat(answer.texts("identifier")).containsExactlyInAnyOrder(identifiers);
            assertThat(answer.body().path("pagination").path("total_records").asInt())
                    .isEqualTo(identifiers.length);
        });
    }

    private Api.Answer release(long sync, String body) {
        return api.post("/syncs/" + sync + "/quarantined_records/release", body);
    }

    private static String code(Api.Answer answer) {
        return answer.body().path("errors").get(0).path("code").asText();
    }
}
