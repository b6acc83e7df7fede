package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.MirrorStrategy;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RemovalGuard;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.StageError;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the workers are told of runs that are not the usual ones, and what becomes of what they report. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class RunKindsIT {
    private static final DiffCounts SOME = new DiffCounts(10L, 2L, 5L, 2L, 1L);

    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    private Api api;
    private Workers workers;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
        workers = new Workers(kafka);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    @DisplayName("AC-9/AC-10/BEH-20: an append carries its watermark from run to run, and refuses a forced full sync")
    void appendWithAHighWaterMark() {
        long sync = append("\"historical_sync_operation\":\"skip_current_records\","
                + "\"high_water_mark_attribute\":\"age\",\"high_water_mark_overlap_seconds\":60");
        JsonNode view = api.get("/syncs/" + sync).data();
        assertThat(view.path("high_water_mark_attribute").asText()).isEqualTo("age");
        assertThat(view.path("historical_sync_operation").asText()).isEqualTo("skip_current_records");
        assertThat(view.path("warnings").get(0).asText()).contains("one run late");
        Api.Answer forced = api.post("/syncs/" + sync + "/trigger?force_full_sync=true");
        assertThat(forced.status()).isEqualTo(400);
        assertThat(code(forced)).isEqualTo("FULL_SYNC_NOT_FOR_APPEND");

        long first = trigger(sync, "");
        assertThat(plan(first).getHistoricalRecords()).isEqualTo(HistoricalRecords.SKIP);
        assertThat(plan(first).getHighWaterMark().getFrom()).isNull();
        assertThat(plan(first).getHighWaterMark().getOverlapSeconds()).isEqualTo(60);
        end(first, "2026-01-01", Workers.NOTHING_LOADED);

        // a run with a record that was not accepted leaves the mark where it was
        long second = trigger(sync, "");
        assertThat(plan(second).getHistoricalRecords()).isNull();
        assertThat(plan(second).getHighWaterMark().getFrom()).isEqualTo("2026-01-01");
        DiffCounts one = new DiffCounts(1L, 0L, 1L, 0L, 0L);
        for (int partition = 0; partition < 2; partition++) {
            workers.ended(second, Stage.TRACK, partition, one, new LoadCounts(0L, 1L, 0L, 0L, 0L));
            found(second, partition, one, new LoadCounts(0L, 1L, 0L, 0L, 0L), "2026-02-02", false, 0);
        }
        awaitStatus(second, "completed");
        long third = trigger(sync, "");
        assertThat(plan(third).getHighWaterMark().getFrom()).isEqualTo("2026-01-01");
        assertThat(plan(third).getExpectedRun()).isEqualTo(second);
        end(third, "2026-03-03", Workers.NOTHING_LOADED);
        assertThat(plan(trigger(sync, "")).getHighWaterMark().getFrom()).isEqualTo("2026-03-03");
    }

    @Test
    @DisplayName(
            "BEH-6/BEH-11: a delete sync must be confirmed when it is made and when it first runs, and is fixed then")
    void deletes() {
        ObjectNode body = body("free", "delete", "");
        Api.Answer refused = api.post("/syncs", body.toString());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo("DELETE_UNCONFIRMED");
        long sync = api.post("/syncs", body.put("confirm_delete", true).toString())
                .data()
                .path("sync_id")
                .asLong();

        Api.Answer unconfirmed = api.post("/syncs/" + sync + "/trigger");
        assertThat(unconfirmed.status()).isEqualTo(400);
        assertThat(code(unconfirmed)).isEqualTo("FIRST_DELETE_UNCONFIRMED");
        assertThat(api.get("/syncs/" + sync + "/sync_runs")
                        .data()
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("skipped");

        long first = trigger(sync, "?confirm_removals=true");
        assertThat(plan(first).getRemovalGuard()).isNull();
        workers.complete(first);
        awaitStatus(first, "completed");
        long second = trigger(sync, "");
        assertThat(plan(second).getRemovalGuard()).isEqualTo(new RemovalGuard(25, 100L));

        Api.Answer changed = api.patch("/syncs/" + sync, "{\"operation\":\"upsert\"}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(code(changed)).isEqualTo("IMMUTABLE");
    }

    @Test
    @DisplayName("The removal guard: what it says ends the run, confirming is for one run, and 0 switches it off")
    void removalGuard() {
        long sync = mirror("\"removal_guard\":{\"max_percent\":10,\"min_records\":5}");
        long run = trigger(sync, "");
        assertThat(plan(run).getRemovalGuard()).isEqualTo(new RemovalGuard(10, 5L));
        assertThat(plan(run).getMirrorStrategy()).isEqualTo(MirrorStrategy.UPDATES_AND_DELETES);
        StageError refusal = new StageError("REMOVALS_REFUSED", "would remove 90 records of the 100");
        workers.ended(run, 0, EndState.FAILED, refusal, Workers.NOTHING_LOADED);
        workers.ended(run, 1, EndState.FAILED, refusal, Workers.NOTHING_LOADED);
        awaitStatus(run, "failed");
        assertThat(run(run).path("error_code").asText()).isEqualTo("REMOVALS_REFUSED");

        long confirmed = trigger(sync, "?confirm_removals=true");
        assertThat(plan(confirmed).getRemovalGuard()).isNull();
        workers.complete(confirmed);
        awaitStatus(confirmed, "completed");
        api.patch("/syncs/" + sync, "{\"removal_guard\":{\"max_percent\":0}}");
        assertThat(api.get("/syncs/" + sync).data().path("warnings").get(0).asText())
                .contains("guard is off");
        assertThat(plan(trigger(sync, "")).getRemovalGuard()).isNull();
    }

    @Test
    @DisplayName("KEY-12: changing the key of a sync that has run must be confirmed; then the state is forgotten")
    void keyChange() {
        long sync = append("\"historical_sync_operation\":\"backfill_all_records\"");
        String mappings = "\"mappings\":[{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"id\","
                + "\"is_primary_identifier\":true}]";
        long first = trigger(sync, "");
        workers.complete(first);
        awaitStatus(first, "completed");

        Api.Answer refused = api.patch("/syncs/" + sync, "{" + mappings + "}");
        assertThat(code(refused)).isEqualTo("KEY_CHANGE_UNCONFIRMED");
        assertThat(api.patch("/syncs/" + sync, "{\"confirm_key_change\":true," + mappings + "}")
                        .status())
                .isEqualTo(200);

        RunPlan plan = plan(trigger(sync, ""));
        assertThat(plan.getForgetState()).isTrue();
        assertThat(plan.getExpectedRun()).isZero();
        assertThat(plan.getFullSyncReasons()).contains("KEY_CHANGED");
    }

    @Test
    @DisplayName(
            "AC-21/DRY-1 to DRY-4: a dry run is reported by the differ alone, changes nothing, and excludes others")
    void dryRun() {
        long sync = mirror("\"paused\":true");
        long dry = api.post("/syncs/" + sync + "/dry_run")
                .data()
                .path("sync_run_id")
                .asLong();
        assertThat(plan(dry).getDryRun()).isTrue();
        assertThat(run(dry).path("sync_trigger_reason").path("ui_tag").asText()).isEqualTo("Dry Run");
        assertThat(api.post("/syncs/" + sync + "/trigger?ignore_paused=true").status())
                .isEqualTo(409);

        found(dry, 0, SOME, Workers.NOTHING_LOADED, null, false, 3);
        found(dry, 1, SOME, Workers.NOTHING_LOADED, null, false, 1);

        awaitStatus(dry, "completed");
        JsonNode report = run(dry).path("dry_run");
        assertThat(report.path("source_records").asLong()).isEqualTo(20);
        assertThat(report.path("changed").asLong()).isEqualTo(14);
        assertThat(report.path("invalid").asLong()).isEqualTo(2);
        assertThat(report.path("creates").asLong()).isEqualTo(4);
        assertThat(report.path("updates").asLong()).isEqualTo(6);
        assertThat(report.path("deletes").asLong()).isEqualTo(4);
        assertThat(report.path("destination_before").asLong()).isEqualTo(1_000);
        assertThat(report.path("destination_after").asLong()).isEqualTo(1_000);
        assertThat(run(dry).path("records_processed").asLong()).isZero();
        assertThat(api.get("/syncs/" + sync).data().path("status").asText()).isEqualTo("Ready");
        assertThat(plan(trigger(sync, "?ignore_paused=true")).getFullSyncReasons())
                .containsExactly("FIRST_RUN");
    }

    @Test
    @DisplayName("ENG-10/ENG-11: a run that found its state lost is shown as the full sync it was")
    void stateLost() {
        long sync = mirror("\"paused\":false");
        long first = trigger(sync, "");
        workers.complete(first);
        awaitStatus(first, "completed");

        long second = trigger(sync, "");
        assertThat(plan(second).getExpectedRun()).isEqualTo(first);
        for (int partition = 0; partition < 2; partition++) {
            workers.ended(second, Stage.TRACK, partition, Workers.NOTHING, Workers.NOTHING_LOADED);
            found(second, partition, Workers.NOTHING, Workers.NOTHING_LOADED, null, partition == 1, 0);
        }

        awaitStatus(second, "completed");
        assertThat(run(second).path("full_sync").asBoolean()).isTrue();
        assertThat(run(second).path("full_sync_reasons")).hasToString("[\"STATE_LOST\"]");
    }

    private void end(long run, String mark, LoadCounts load) {
        for (int partition = 0; partition < 2; partition++) {
            workers.ended(run, Stage.TRACK, partition, Workers.NOTHING, load);
            found(run, partition, Workers.NOTHING, load, mark, false, 0);
        }
        awaitStatus(run, "completed");
    }

    private void found(
            long run, int partition, DiffCounts diff, LoadCounts load, String mark, boolean lost, long added) {
        workers.send(
                run,
                new RunEvent(PartitionEnded.newBuilder()
                        .setSyncRunId(run)
                        .setStage(Stage.DIFF)
                        .setPartition(partition)
                        .setState(EndState.COMPLETED)
                        .setDiff(diff)
                        .setLoad(load)
                        .setError(null)
                        .setHighWaterMark(mark)
                        .setStateLost(lost)
                        .setAdded(added)
                        .build()));
    }

    private ObjectNode body(String object, String operation, String more) {
        return Api.json(
                """
                {"label":"Kinds","operation":"%s",
                 "source_attributes":{"connection_id":%d,"object":{"type":"table","table_catalog":"app",
                   "table_schema":"public","table_name":"users"}},
                 "destination_attributes":{"connection_id":%d,"object":"%s"},
                 "mappings":[{"from":{"type":"column","data":"email"},"to":"%s","is_primary_identifier":true}
                   %s] %s}
                """
                        .formatted(
                                operation,
                                api.source(),
                                api.destination(),
                                object,
                                object.equals("contact") ? "email" : "id",
                                object.equals("contact")
                                        ? ",{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"full_name\"}"
                                        : "",
                                more.isEmpty() ? "" : "," + more));
    }

    private long append(String more) {
        return create(body("event", "append", more));
    }

    private long mirror(String more) {
        return create(body("contact", "mirror", more));
    }

    private long create(ObjectNode body) {
        Api.Answer created = api.post("/syncs", body.toString());
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.data().path("sync_id").asLong();
    }

    private long trigger(long sync, String query) {
        Api.Answer triggered = api.post("/syncs/" + sync + "/trigger" + query);
        assertThat(triggered.status()).as(triggered.body().toString()).isEqualTo(200);
        return triggered.data().path("sync_run_id").asLong();
    }

    private RunPlan plan(long run) {
        ConsumerRecord<String, RunPlan> planned =
                workers.await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)));
        return planned.value();
    }

    private JsonNode run(long run) {
        return api.get("/sync_runs/" + run).data();
    }

    private void awaitStatus(long run, String status) {
        Eventually.eventually(
                Duration.ofSeconds(30),
                () -> assertThat(run(run).path("status").asText()).isEqualTo(status));
    }

    private static String code(Api.Answer answer) {
        return answer.body().path("errors").get(0).path("code").asText();
    }
}
