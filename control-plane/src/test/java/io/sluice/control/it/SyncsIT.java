package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.control.fake.FakeWarehouse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** census-api 2.3, 3.1: syncs and the pages they come in. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class SyncsIT {
    @TestHTTPResource
    URI base;

    private Api api;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
    }

    @Test
    void aSyncIsCreatedAndShownInEveryKeyOfTheReference() {
        long source = api.source();
        long destination = api.destination();
        ObjectNode body = Api.syncBody(source, destination);
        body.set(
                "mode",
                Api.json(
                        "{\"type\":\"triggered\",\"triggers\":{\"schedule\":{\"frequency\":\"daily\",\"hour\":6,\"minute\":0}}}"));

        Api.Answer created = api.post("/syncs", body.toString());

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.word()).isEqualTo("created");
        long id = created.data().path("sync_id").asLong();
        JsonNode sync = api.get("/syncs/" + id).data();
        assertThat(sync.path("id").asLong()).isEqualTo(id);
        assertThat(sync.path("resource_identifier").asText()).isEqualTo("sync:users-to-crm");
        assertThat(sync.path("status").asText()).isEqualTo("Ready");
        assertThat(sync.path("operation").asText()).isEqualTo("upsert");
        assertThat(sync.path("paused").isBoolean()).isTrue();
        assertThat(sync.has("workspace_id")).isFalse();
        JsonNode object = sync.path("source_attributes").path("object");
        assertThat(object.path("type").asText()).isEqualTo("table");
        assertThat(object.path("id").asLong()).isPositive();
        assertThat(object.path("table_name").asText()).isEqualTo("users");
        assertThat(sync.path("source_attributes").path("connection_id").asLong())
                .isEqualTo(source);
        assertThat(sync.path("destination_attributes").path("connection_id").asLong())
                .isEqualTo(destination);
        assertThat(sync.path("destination_attributes").has("lead_union_insert_to"))
                .isTrue();
        assertThat(sync.path("mappings").get(0))
                .hasToString("{\"position\":0,\"from\":{\"type\":\"column\",\"data\":\"email\"},\"to\":\"email\","
                        + "\"is_primary_identifier\":true,\"generate_field\":false,\"preserve_values\":false,"
                        + "\"sync_null_values\":true,\"operation\":null,\"lookup_object\":null,\"lookup_field\":null}");
        assertThat(sync.path("mappings").get(2).path("from").path("data"))
                .hasToString("{\"value\":\"sluice\",\"basic_type\":\"text\"}");
        assertThat(sync.path("mode"))
                .hasToString(
                        "{\"type\":\"triggered\",\"triggers\":{\"schedule\":{\"frequency\":\"daily\",\"hour\":6,\"minute\":0}}}");
        assertThat(sync.path("schedule_frequency").asText()).isEqualTo("daily");
        assertThat(sync.path("schedule_day").isNull()).isTrue();
        assertThat(sync.path("schedule_hour").asInt()).isEqualTo(6);
        assertThat(sync.path("next_run_at").asText()).endsWith("T06:00:00.000Z");
        assertThat(sync.path("alert_attributes").findValuesAsText("type"))
                .containsExactly("FailureAlertConfiguration", "InvalidRecordPercentAlertConfiguration");
        for (String key : List.of(
                "field_behavior",
                "field_normalization",
                "field_order",
                "mirror_strategy",
                "advanced_configuration",
                "failed_run_notifications_enabled",
                "failed_record_notifications_enabled",
                "failed_record_notifications_threshold_percent",
                "schedule_minute",
                "cron_expression",
                "created_at",
                "updated_at")) {
            assertThat(sync.has(key)).as(key).isTrue();
        }
    }

    @Test
    void aSyncThatIsSentBackAsItWasShownStaysTheSame() {
        long id = api.sync();
        JsonNode before = api.get("/syncs/" + id).data();

        Api.Answer answer = api.patch("/syncs/" + id, before.toString());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.word()).isEqualTo("updated");
        ObjectNode after = (ObjectNode) answer.data();
        after.set("updated_at", before.get("updated_at"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aPatchReplacesTopLevelKeysOnly() {
        long id = api.sync();

        assertThat(api.patch("/syncs/" + id, "{\"paused\":true}")
                        .data()
                        .path("paused")
                        .asBoolean())
                .isTrue();
        assertThat(api.patch("/syncs/" + id, "{\"alert_attributes\":[]}").data().path("alert_attributes"))
                .isEmpty();
        JsonNode flat = api.patch(
                        "/syncs/" + id,
                        "{\"schedule_frequency\":\"weekly\",\"schedule_day\":\"Monday\",\"schedule_hour\":3}")
                .data();
        assertThat(flat.path("mode").path("triggers").path("schedule"))
                .hasToString("{\"frequency\":\"weekly\",\"day\":\"Monday\",\"hour\":3,\"minute\":0}");
        assertThat(flat.path("paused").asBoolean()).isTrue();
        assertThat(flat.path("mappings")).hasSize(3);
        assertThat(api.patch("/syncs/" + id, "{\"operation\":\"mirror\"}")
                        .data()
                        .path("mirror_strategy")
                        .asText())
                .isEqualTo("sync_updates_and_deletes");
        assertThat(api.patch("/syncs/" + id, "{\"operation\":\"insert\"}")
                        .data()
                        .path("mirror_strategy")
                        .isNull())
                .isTrue();
        assertThat(api.patch("/syncs/" + id, "{\"mappings\":[]}").status()).isEqualTo(400);
        assertThat(api.get("/syncs/" + id).data().path("mappings")).hasSize(3);
    }

    @Test
    void validateOnlySavesNothing() {
        ObjectNode body = Api.syncBody(api.source(), api.destination()).put("validate_only", true);

        Api.Answer answer = api.post("/syncs", body.toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.word()).isEqualTo("success");
        assertThat(api.get("/syncs")
                        .body()
                        .path("pagination")
                        .path("total_records")
                        .asInt())
                .isZero();
        assertThat(api.post("/syncs", body.put("operation", "x").toString()).status())
                .isEqualTo(400);
    }

    @Test
    void aModelIsReadByNameOrByIdAlsoWithoutItsSource() {
        long source = api.source();
        long destination = api.destination();
        long model = api.post("/sources/" + source + "/models", "{\"name\":\"Visitors\",\"query\":\"select 1\"}")
                .data()
                .path("id")
                .asLong();
        ObjectNode body = Api.syncBody(source, destination);
        body.set(
                "mappings",
                Api.json("{\"m\":[{\"from\":{\"type\":\"column\",\"data\":\"email\"},\"to\":\"email\","
                                + "\"is_primary_identifier\":true},{\"from\":{\"type\":\"column\",\"data\":\"visits\"},"
                                + "\"to\":\"full_name\"}]}")
                        .get("m"));
        for (String attributes : List.of(
                "{\"object\":{\"type\":\"model\",\"name\":\"Visitors\"}}",
                "{\"object\":{\"type\":\"model\",\"id\":\"" + model + "\"}}",
                "{\"connection_id\":\"" + source + "\",\"object\":{\"type\":\"model\",\"id\":" + model + "}}")) {
            body.set("source_attributes", Api.json(attributes));
            Api.Answer answer = api.post("/syncs", body.toString());
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
            JsonNode shown = api.get("/syncs/" + answer.data().path("sync_id").asLong())
                    .data()
                    .path("source_attributes");
            assertThat(shown.path("connection_id").asLong()).isEqualTo(source);
            assertThat(shown.path("object").path("name").asText()).isEqualTo("Visitors");
        }
        assertThat(api.delete("/sources/" + source + "/models/" + model).status())
                .isEqualTo(400);
        body.set("source_attributes", Api.json("{\"object\":{\"type\":\"model\",\"name\":\"Nobody\"}}"));
        assertThat(api.post("/syncs", body.toString()).body().path("errors").findValuesAsText("code"))
                .containsExactly("MODEL_NOT_FOUND");
    }

    @Test
    void aColumnThatWasAddedSinceTheLastRefreshIsFound() {
        long source = api.source();
        long destination = api.destination();
        String table = "growing" + source;
        FakeWarehouse.define(FakeWarehouse.table(table), FakeWarehouse.column("email", JsonType.STRING));
        ObjectNode body = Api.syncBody(source, destination);
        ((ObjectNode) body.path("source_attributes").path("object")).put("table_name", table);
        assertThat(api.post("/syncs", body.toString()).body().path("errors").findValuesAsText("code"))
                .containsExactly("COLUMN_NOT_FOUND");

        FakeWarehouse.define(
                FakeWarehouse.table(table),
                FakeWarehouse.column("email", JsonType.STRING),
                FakeWarehouse.column("name", JsonType.STRING));

        assertThat(api.post("/syncs", body.toString()).status()).isEqualTo(201);
    }

    @Test
    void deletingASourceOrADestinationRemovesItsSyncs() {
        long source = api.source();
        long destination = api.destination();
        long first = api.post("/syncs", Api.syncBody(source, destination).toString())
                .data()
                .path("sync_id")
                .asLong();
        long second = api.post("/syncs", Api.syncBody(source, api.destination()).toString())
                .data()
                .path("sync_id")
                .asLong();

        assertThat(api.delete("/destinations/" + destination).status()).isEqualTo(200);
        assertThat(api.get("/syncs/" + first).status()).isEqualTo(404);
        assertThat(api.get("/syncs/" + second).status()).isEqualTo(200);
        assertThat(api.delete("/sources/" + source).status()).isEqualTo(200);
        assertThat(api.get("/syncs/" + second).status()).isEqualTo(404);
    }

    @Test
    void collectionsComeInPagesThatEveryKindOfClientCanWalk() {
        long source = api.source();
        long destination = api.destination();
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(api.post("/syncs", Api.syncBody(source, destination).toString())
                    .data()
                    .path("sync_id")
                    .asLong());
        }

        Api.Answer first = api.get("/syncs?per_page=2");
        assertThat(ids(first)).containsExactly(made.get(4), made.get(3));
        assertThat(first.body().path("pagination"))
                .hasToString(
                        "{\"total_records\":5,\"per_page\":2,\"prev_page\":null,\"page\":1,\"next_page\":2,\"last_page\":3}");
        URI next = URI.create(first.body().path("next").asText());
        assertThat(next.getQuery()).contains("page=2").contains("per_page=2");
        Api.Answer second = api.get("/syncs?" + next.getQuery());
        assertThat(ids(second)).containsExactly(made.get(2), made.get(1));
        Api.Answer last = api.get("/syncs?page=3&per_page=2");
        assertThat(last.body().path("pagination").path("next_page").isNull()).isTrue();
        assertThat(last.body().path("next").isNull()).isTrue();
        assertThat(ids(api.get("/syncs?page=0&per_page=250&order=asc"))).isEqualTo(made);
        assertThat(ids(api.get("/syncs?page=9"))).isEmpty();
        assertThat(api.get("/syncs?page=x&per_page=y&order=z").status()).isEqualTo(200);
    }

    private static List<Long> ids(Api.Answer answer) {
        return answer.data()
                .valueStream()
                .map(entry -> entry.path("id").asLong())
                .toList();
    }
}
