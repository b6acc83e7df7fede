package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CancelRun;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedTable;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.StageError;
import io.sluice.contract.StartRun;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** census-api 3.2 and architecture section 4: what the workers hear, and what becomes of what they say. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class RunsIT {
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
    void aTriggerSendsThePlanAndThenTheCommand() {
        long sync = api.sync();

        Api.Answer triggered = api.post("/syncs/" + sync + "/trigger");

        assertThat(triggered.status()).isEqualTo(200);
        assertThat(triggered.word()).isEqualTo("success");
        long run = triggered.data().path("sync_run_id").asLong();
        ConsumerRecord<String, RunCommand> command = workers.await(Topics.RUN_COMMANDS, record -> starts(record, run));
        assertThat(command.key()).isEqualTo(Long.toString(sync));
        ConsumerRecord<String, RunPlan> planned =
                workers.await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)));
        assertThat(planned.timestamp()).isLessThanOrEqualTo(command.timestamp());
        RunPlan plan = planned.value();
        assertThat(plan.getSyncId()).isEqualTo(sync);
        assertThat(plan.getOrganizationId()).isEqualTo(1);
        assertThat(plan.getColumns())
                .containsExactly(new PlannedColumn("email", "string"), new PlannedColumn("name", "string"));
        assertThat(plan.getIdentifierColumn()).isEqualTo("email");
        assertThat(plan.getQuery()).isEqualTo(new PlannedTable("app", "public", "users"));
        assertThat(plan.getSource().getObjectName()).isEqualTo("app.public.users");
        assertThat(plan.getSource().getObjectId()).isPositive();
        assertThat(plan.getDestination().getObjectName()).isEqualTo("contact");
        assertThat(plan.getDestination().getObjectId()).isPositive();
        assertThat(plan.getBehavior()).isEqualTo(PlannedBehavior.UPSERT);
        assertThat(plan.getMappings()).hasSize(3);
        assertThat(plan.getMappings().get(0).getSource()).isEqualTo(new FromColumn("email"));
        assertThat(plan.getMappings().get(0).getPrimaryIdentifier()).isTrue();
        assertThat(plan.getMappings().get(2).getSource()).isEqualTo(new FromConstant("\"sluice\""));
        assertThat(plan.getFullSync()).isTrue();
        assertThat(plan.getFullSyncReasons()).containsExactly("FIRST_RUN");
        assertThat(plan.getBatchSize()).isNull();
    }

    @Test
    void aRunIsFollowedFromTheQueueToItsCounters() {
        long sync = api.sync();
        long run = trigger(sync);
        JsonNode queued = run(run);
        assertThat(queued.path("status").asText()).isEqualTo("queued");
        assertThat(queued.path("completed_at").isNull()).isTrue();
        assertThat(queued.path("full_sync").asBoolean()).isTrue();
        assertThat(queued.path("current_step").asText()).isEqualTo("Checking source and destination configuration");
        assertThat(queued.path("sync_trigger_reason"))
                .hasToString("{\"ui_tag\":\"API\",\"ui_detail\":\"Triggered via API\"}");

        workers.progress(run, Stage.EXTRACT, -1, 500);
        workers.progress(run, Stage.EXTRACT, -1, 200);
        awaitRun(run, now -> {
            assertThat(now.path("status").asText()).isEqualTo("working");
            assertThat(now.path("source_record_count").asLong()).isEqualTo(500);
            assertThat(now.path("current_step").asText()).isEqualTo("Unloading data from warehouse");
        });
        workers.progress(run, Stage.LOAD, 0, 30);
        workers.progress(run, Stage.LOAD, 1, 40);
        awaitRun(run, now -> {
            assertThat(now.path("records_processed").asLong()).isEqualTo(70);
            assertThat(now.path("current_step").asText()).isEqualTo("Loading data into destination service");
        });

        DiffCounts diff0 = new DiffCounts(10L, 3L, 6L, 2L, 1L);
        LoadCounts load0 = new LoadCounts(5L, 1L, 1L, 1L, 0L);
        DiffCounts diff1 = new DiffCounts(5L, 0L, 5L, 0L, 0L);
        LoadCounts load1 = new LoadCounts(5L, 0L, 0L, 0L, 0L);
        for (int repeat = 0; repeat < 2; repeat++) {
            workers.ended(run, Stage.DIFF, 0, diff0, load0);
            workers.ended(run, Stage.TRACK, 0, diff0, load0);
            workers.ended(run, Stage.TRACK, 1, diff1, load1);
        }
        awaitRun(run, now -> assertThat(now.path("current_step").asText()).isEqualTo("Committing sync to warehouse"));
        assertThat(run(run).path("status").asText()).isEqualTo("working");
        workers.ended(run, Stage.DIFF, 1, diff1, load1);

        awaitRun(run, now -> assertThat(now.path("status").asText()).isEqualTo("completed"));
        JsonNode over = run(run);
        assertThat(over.has("current_step")).isFalse();
        assertThat(over.path("completed_at").asText()).endsWith("Z");
        assertThat(over.path("canceled").asBoolean()).isFalse();
        assertThat(over.path("error_code").isNull()).isTrue();
        assertCount(over, "source_record_count", 15);
        assertCount(over, "source_record_updates", 11);
        assertCount(over, "source_record_deletes", 2);
        assertCount(over, "source_record_invalids", 1);
        assertCount(over, "records_processed", 13);
        assertCount(over, "records_updated", 11);
        assertCount(over, "records_failed", 2);
        assertCount(over, "records_invalid", 1);
        assertThat(api.get("/syncs/" + sync).data().path("status").asText()).isEqualTo("Up to Date");
        Api.Answer history = api.get("/syncs/" + sync + "/sync_runs?per_page=1");
        assertThat(history.data().get(0).path("id").asLong()).isEqualTo(run);

        workers.ended(run, 0, EndState.FAILED, new StageError("LATE", "too late"), load0);
        long second = trigger(sync);
        workers.complete(second);
        awaitRun(second, now -> assertThat(now.path("status").asText()).isEqualTo("completed"));
        assertThat(run(second).path("full_sync").asBoolean()).isFalse();
        assertThat(run(run).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void fullSyncsHaveTheirReasons() {
        long sync = api.sync();
        workers.complete(trigger(sync));
        awaitLast(sync, "completed");

        long forced = api.post("/syncs/" + sync + "/trigger", "{\"force_full_sync\":true}")
                .data()
                .path("sync_run_id")
                .asLong();
        assertThat(run(forced).path("full_sync_reasons")).hasToString("[\"FORCED\"]");
        workers.complete(forced);
        awaitLast(sync, "completed");
        long alsoForced = api.post("/syncs/" + sync + "/trigger?force_full_sync=true")
                .data()
                .path("sync_run_id")
                .asLong();
        assertThat(run(alsoForced).path("full_sync").asBoolean()).isTrue();
        workers.complete(alsoForced);
        awaitLast(sync, "completed");

        JsonNode mappings = api.get("/syncs/" + sync).data().path("mappings");
        String more = mappings.toString().replaceFirst("]$", "")
                + ",{\"from\":{\"type\":\"column\",\"data\":\"age\"},\"to\":\"age\"}]";
        assertThat(api.patch("/syncs/" + sync, "{\"mappings\":" + more + "}").status())
                .isEqualTo(200);
        long added = trigger(sync);
        assertThat(run(added).path("full_sync_reasons")).hasToString("[\"MAPPING_ADDED\"]");
        workers.complete(added);
        awaitLast(sync, "completed");
        assertThat(run(trigger(sync)).path("full_sync").asBoolean()).isFalse();
    }

    @Test
    void aTriggerDuringARunIsAConflictAndRecordedAsSkipped() {
        long sync = api.sync();
        long run = trigger(sync);

        Api.Answer second = api.post("/syncs/" + sync + "/trigger");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.word()).isEqualTo("error");
        assertThat(second.body().path("errors").get(0).path("code").asText()).isEqualTo("SYNC_ALREADY_RUNNING");
        JsonNode history = api.get("/syncs/" + sync + "/sync_runs").data();
        assertThat(history.findValuesAsText("status")).containsExactly("skipped", "queued");
        assertThat(history.get(0).path("completed_at").isNull()).isFalse();
        assertThat(history.get(0).path("error_message").asText()).contains(Long.toString(run));
        workers.complete(run);
        awaitRun(run, now -> assertThat(now.path("status").asText()).isEqualTo("completed"));
        assertThat(api.get("/syncs/" + sync).data().path("status").asText()).isEqualTo("Up to Date");
    }

    @Test
    void ofManyTriggersAtOnceExactlyOneStartsARun() throws InterruptedException, ExecutionException {
        long sync = api.sync();
        List<Future<Api.Answer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> api.post("/syncs/" + sync + "/trigger")));
            }
        }
        List<Integer> codes = new ArrayList<>();
        for (Future<Api.Answer> answer : answers) {
            codes.add(answer.get().status());
        }

        assertThat(codes).containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409, 409, 409);
    }

    @Test
    void aPausedSyncRunsOnlyWhenTheCallerInsists() {
        long sync = api.sync();
        api.patch("/syncs/" + sync, "{\"paused\":true}");

        Api.Answer refused = api.post("/syncs/" + sync + "/trigger");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").get(0).path("code").asText()).isEqualTo("SYNC_PAUSED");
        assertThat(api.post("/syncs/" + sync + "/trigger?ignore_paused=true").status())
                .isEqualTo(200);
    }

    @Test
    void aCancelledRunEndsAsFailedOnceTheStagesHaveStopped() {
        long sync = api.sync();
        long run = trigger(sync);

        Api.Answer cancelled = api.post("/sync_runs/" + run + "/cancel");

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body()).hasToString("{\"status\":\"cancelled\",\"data\":{}}");
        assertThat(api.post("/sync_runs/" + run + "/cancel").status()).isEqualTo(200);
        assertThat(run(run).path("canceled").asBoolean()).isTrue();
        workers.<RunCommand>await(
                Topics.RUN_COMMANDS,
                record -> record.value().getCommand() instanceof CancelRun cancel && cancel.getSyncRunId() == run);
        StageError why = new StageError("RUN_CANCELED", "Canceled via API");
        workers.ended(run, 0, EndState.COMPLETED, null, Workers.NOTHING_LOADED);
        workers.ended(run, 1, EndState.CANCELED, why, new LoadCounts(3L, 0L, 0L, 0L, 4L));
        awaitRun(run, now -> assertThat(now.path("completed_at").isNull()).isFalse());
        JsonNode over = run(run);
        assertThat(over.path("status").asText()).isEqualTo("failed");
        assertThat(over.path("canceled").asBoolean()).isTrue();
        assertThat(over.path("error_message").asText()).isEqualTo("Canceled via API");
        assertCount(over, "records_processed", 3);
        assertThat(api.post("/sync_runs/" + run + "/cancel").status()).isEqualTo(200);
        assertThat(api.get("/syncs/" + sync).data().path("status").asText()).isEqualTo("Failing");
        long next = trigger(sync);
        assertThat(run(next).path("full_sync_reasons")).hasToString("[\"FIRST_RUN\",\"UNFINISHED_FULL_SYNC\"]");
        workers.complete(next);
        awaitRun(next, now -> assertThat(now.path("status").asText()).isEqualTo("completed"));
        Api.Answer late = api.post("/sync_runs/" + next + "/cancel");
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.body().path("errors").get(0).path("code").asText()).isEqualTo("RUN_ALREADY_OVER");
    }

    @Test
    void aStageThatFailsFailsTheRunWithItsOwnError() {
        long run = trigger(api.sync());
        StageError error = new StageError("COLUMN_NOT_FOUND", "column name is gone: change the mapping");

        workers.ended(run, 0, EndState.FAILED, error, Workers.NOTHING_LOADED);
        workers.ended(run, 1, EndState.FAILED, error, Workers.NOTHING_LOADED);

        awaitRun(run, now -> assertThat(now.path("status").asText()).isEqualTo("failed"));
        JsonNode over = run(run);
        assertThat(over.path("canceled").asBoolean()).isFalse();
        assertThat(over.path("error_code").asText()).isEqualTo("COLUMN_NOT_FOUND");
        assertThat(over.path("error_message").asText()).isEqualTo(error.getMessage());
        assertThat(over.path("completed_at").asText()).endsWith("Z");
    }

    @Test
    void countsThatContradictEachOtherAreAFailureOfOurs() {
        long run = trigger(api.sync());
        DiffCounts diff = new DiffCounts(5L, 0L, 5L, 0L, 0L);
        for (Stage stage : List.of(Stage.DIFF, Stage.TRACK)) {
            workers.ended(run, stage, 0, diff, new LoadCounts(4L, 0L, 0L, 0L, 0L));
            workers.ended(run, stage, 1, Workers.NOTHING, Workers.NOTHING_LOADED);
        }

        awaitRun(run, now -> assertThat(now.path("error_code").asText()).isEqualTo("COUNTS_DISAGREE"));
    }

    @Test
    void deletingASyncStopsItsRun() {
        long sync = api.sync();
        long run = trigger(sync);

        api.delete("/syncs/" + sync);

        workers.<RunCommand>await(
                Topics.RUN_COMMANDS,
                record -> record.value().getCommand() instanceof CancelRun cancel && cancel.getSyncRunId() == run);
        assertThat(api.get("/sync_runs/" + run).status()).isEqualTo(404);
        workers.complete(run);
    }

    @Test
    void aSyncThatFollowsAnotherRunsAfterItsSuccess() {
        long parent = api.sync();
        long child = api.sync();
        assertThat(api.patch(
                                "/syncs/" + child,
                                "{\"mode\":{\"type\":\"triggered\",\"triggers\":{\"sync_sequence\":{\"sync_id\":"
                                        + parent + "}}}}")
                        .status())
                .isEqualTo(200);

        workers.complete(trigger(parent));

        Eventually.eventually(Duration.ofSeconds(30), () -> {
            JsonNode runs = api.get("/syncs/" + child + "/sync_runs").data();
            assertThat(runs).hasSize(1);
            assertThat(runs.get(0).path("sync_trigger_reason").path("ui_tag").asText())
                    .isEqualTo("Sequence");
        });
    }

    private long trigger(long sync) {
        Api.Answer answer = api.post("/syncs/" + sync + "/trigger");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.data().path("sync_run_id").asLong();
    }

    private JsonNode run(long id) {
        return api.get("/sync_runs/" + id).data();
    }

    private void awaitRun(long id, Consumer<JsonNode> assertion) {
        Eventually.eventually(Duration.ofSeconds(30), () -> assertion.accept(run(id)));
    }

    private void awaitLast(long sync, String status) {
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(api.get("/syncs/" + sync + "/sync_runs")
                        .data()
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo(status));
    }

    private static boolean starts(ConsumerRecord<String, RunCommand> record, long run) {
        return record.value().getCommand() instanceof StartRun start && start.getSyncRunId() == run;
    }

    private static void assertCount(JsonNode run, String key, long expected) {
        assertThat(run.path(key).asLong(-1)).as(key).isEqualTo(expected);
    }
}
