package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.contract.Writeback;
import io.sluice.support.kafka.KafkaSettings;
import jakarta.inject.Inject;
import java.net.URI;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may have the logs of syncs written into the source, and what the workers are told of it. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class WritebackSettingsIT {
    private static final String ENABLED = "warehouse_writeback_enabled";
    private static final String RETENTION = "warehouse_writeback_retention_in_days";

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
    @DisplayName("WWB-1, census-api 3.3: off until it is switched on, for seven days unless said otherwise")
    void switchedOnAndOff() {
        long id = source("advanced", "");
        JsonNode before = api.get("/sources/" + id).data();
        assertThat(before.path(ENABLED).asBoolean()).isFalse();
        assertThat(before.has(RETENTION)).as("absent, not null").isFalse();

        JsonNode on = patch(id, "\"" + ENABLED + "\":true").data();
        assertThat(on.path(ENABLED).asBoolean()).isTrue();
        assertThat(on.path(RETENTION).asInt()).isEqualTo(7);

        JsonNode longer = patch(id, "\"" + RETENTION + "\":30").data();
        assertThat(longer.path(ENABLED).asBoolean()).isTrue();
        assertThat(longer.path(RETENTION).asInt()).isEqualTo(30);

        JsonNode moved = patch(id, "\"sync_engine\":\"basic\",\"confirm_sync_engine_change\":true")
                .data();
        assertThat(moved.path(ENABLED).asBoolean()).isFalse();
        assertThat(moved.path(RETENTION).asInt()).isEqualTo(30);
    }

    @Test
    @DisplayName("SRC-18: writeback needs a source that keeps its state itself")
    void onlyWithSyncEngineAdvanced() {
        Api.Answer refused = api.post("/sources", body("basic", ",\"" + ENABLED + "\":true"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").findValuesAsText("code")).containsExactly("WRITEBACK_NOT_AVAILABLE");

        long basic = source("basic", ",\"" + RETENTION + "\":3");
        assertThat(patch(basic, "\"" + ENABLED + "\":true").status()).isEqualTo(400);
        assertThat(patch(basic, "\"" + RETENTION + "\":-1").status()).isEqualTo(400);
        assertThat(api.get("/sources/" + basic).data().path(RETENTION).asInt()).isEqualTo(3);
    }

    @Test
    @DisplayName("WWB-1: source types say whether they take it")
    void sourceTypesSaySo() {
        assertThat(api.get("/source_types/fake_warehouse")
                        .data()
                        .path("supports_warehouse_writeback")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("WWB-1: the runs of a sync are logged when its source says so and the sync does not say otherwise")
    void plansSaySo() {
        long source = source("advanced", ",\"" + ENABLED + "\":true,\"" + RETENTION + "\":2");
        long sync = api.post("/syncs", Api.syncBody(source, api.destination()).toString())
                .data()
                .path("sync_id")
                .asLong();
        assertThat(api.get("/syncs/" + sync).data().path("enable_sync_logs").asBoolean())
                .isTrue();
        assertThat(api.patch("/syncs/" + sync, "{\"enable_sync_logs\":false}")
                        .data()
                        .path("enable_sync_logs")
                        .asBoolean(true))
                .isFalse();
        assertThat(plan(sync).getWriteback()).isNull();

        long other = api.post("/syncs", Api.syncBody(source, api.destination()).toString())
                .data()
                .path("sync_id")
                .asLong();
        assertThat(plan(other).getWriteback()).isEqualTo(new Writeback(2));
    }

    private RunPlan plan(long sync) {
        long run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
        ConsumerRecord<String, RunPlan> planned =
                workers.await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)));
        return planned.value();
    }

    private Api.Answer patch(long source, String change) {
        return api.patch("/sources/" + source, "{\"connection\":{" + change + "}}");
    }

    private long source(String engine, String more) {
        return api.post("/sources", body(engine, more)).data().path("id").asLong();
    }

    private static String body(String engine, String more) {
        return """
                {"connection":{"name":"Warehouse","type":"fake_warehouse","sync_engine":"%s",
                 "credentials":{"hostname":"db","port":"5432","user":"me","password":"open sesame"}%s}}
                """
                .formatted(engine, more);
    }
}
