package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.control.fake.FakeWarehouse;
import io.sluice.testsupport.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** census-api 3.3, 3.4, 3.6: sources, destinations and what they consist of. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class ConnectionsIT {
    @TestHTTPResource
    URI base;

    private Api api;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
    }

    @Test
    void aSourceIsCreatedTestedShownChangedAndDeleted() {
        Api.Answer created = api.post(
                "/sources",
                """
                {"connection":{"name":"Prod","type":"fake_warehouse","sync_engine":"basic","label":"",
                 "credentials":{"hostname":"db","port":5439,"user":"ro","password":"open sesame","unknown":"x"}}}
                """);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.word()).isEqualTo("created");
        long id = created.data().path("id").asLong();

        JsonNode source = api.get("/sources/" + id).data();
        assertThat(source.path("name").asText()).isEqualTo("Prod");
        assertThat(source.path("label").isNull()).isTrue();
        assertThat(source.path("sync_engine").asText()).isEqualTo("basic");
        assertThat(source.path("last_test_succeeded").asBoolean()).isTrue();
        assertThat(source.path("last_tested_at").asText()).endsWith("Z");
        assertThat(source.path("last_test_results").path("steps").findValuesAsText("status"))
                .containsExactly("passed", "passed");
        assertThat(source.path("connection_details"))
                .isEqualTo(Api.json("{\"hostname\":\"db\",\"port\":5439,\"user\":\"ro\"}"));
        assertThat(source.has("workspace_id")).isFalse();
        assertThat(source.has("warehouse_writeback_retention_in_days")).isFalse();
        assertThat(source.toString()).doesNotContain("sesame");

        Api.Answer renamed = api.patch(
                "/sources/" + id,
                "{\"connection\":{\"name\":\"New\",\"credentials\":{\"user\":\"rw\",\"password\":\"\"}}}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.word()).isEqualTo("updated");
        assertThat(renamed.data().path("name").asText()).isEqualTo("New");
        assertThat(renamed.data().path("connection_details").path("user").asText())
                .isEqualTo("rw");

        Api.Answer tested = api.post("/sources/" + id + "/test");
        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.data().path("last_test_succeeded").asBoolean()).isTrue();

        Api.Answer deleted = api.delete("/sources/" + id);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).hasToString("{\"status\":\"deleted\"}");
        assertThat(api.get("/sources/" + id).body()).hasToString("{\"status\":404}");
    }

    @Test
    void typeAndEngineOfASourceCannotChange() {
        long id = api.source();

        Api.Answer answer =
                api.patch("/sources/" + id, "{\"connection\":{\"type\":\"other\",\"sync_engine\":\"advanced\"}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsText("code")).containsExactly("IMMUTABLE", "IMMUTABLE");
    }

    @Test
    @DisplayName("SRC-16: a source moves to another engine when that is meant, and is tested for it")
    void aSourceMovesToAnotherEngine() {
        long id = api.source();

        Api.Answer moved = api.patch(
                "/sources/" + id,
                "{\"connection\":{\"sync_engine\":\"advanced\",\"confirm_sync_engine_change\":true}}");

        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.data().path("sync_engine").asText()).isEqualTo("advanced");
        assertThat(moved.data().path("read_only_connection").asBoolean()).isFalse();
        assertThat(moved.data().path("last_test_succeeded").asBoolean()).isTrue();
        assertThat(api.patch("/sources/" + id, "{\"connection\":{\"sync_engine\":\"advanced\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPatchWithWrongCredentialsIsRefusedAndChangesNothing() {
        long id = api.source();

        Api.Answer answer = api.patch(
                "/sources/" + id, "{\"connection\":{\"name\":\"New\",\"credentials\":{\"password\":\"wrong\"}}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").get(0).path("code").asText()).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(api.get("/sources/" + id).data().path("name").asText()).isEqualTo("Warehouse");
        assertThat(api.post("/sources/" + id + "/test")
                        .data()
                        .path("last_test_succeeded")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void tablesColumnsAndObjectsAreListedAndRefreshed() {
        long id = api.source();

        Api.Answer tables = api.get("/sources/" + id + "/tables?search=USER&order_by=table_name:desc&per_page=250");
        assertThat(tables.texts("table_name")).containsExactly("users");
        assertThat(tables.body().path("last_refreshed_at").asText()).endsWith("Z");
        assertThat(tables.body().path("pagination").path("per_page").asInt()).isEqualTo(100);
        Api.Answer columns =
                api.get("/sources/" + id + "/tables/columns?table_catalog=app&table_schema=public&table_name=users");
        assertThat(columns.texts("name")).containsExactly("id", "email", "name", "age");
        assertThat(columns.data().get(0).path("data_type").asText()).isEqualTo("integer");
        assertThat(api.get("/sources/" + id + "/objects").texts("type")).containsOnly("table");
        assertThat(api.get("/sources/" + id + "/tables/columns?table_schema=public")
                        .body()
                        .path("errors"))
                .hasSize(2);

        FakeWarehouse.define(FakeWarehouse.table("later" + id), FakeWarehouse.column("id", JsonType.NUMBER));
        long key = api.post("/sources/" + id + "/refresh_tables")
                .body()
                .path("refresh_key")
                .asLong();
        assertThat(key).isPositive();
        awaitCompleted("/sources/" + id + "/refresh_tables_status?refresh_key=" + key);
        awaitCompleted("/sources/" + id + "/refresh_tables_status");
        assertThat(api.get("/sources/" + id + "/tables").texts("table_name")).contains("later" + id);
        assertThat(api.get("/sources/" + id + "/refresh_tables_status?refresh_key=99999999")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void modelsAreCheckedAndKept() {
        long source = api.source();
        String models = "/sources/" + source + "/models";

        Api.Answer created = api.post(models, "{\"name\":\"Visitors\",\"query\":\"select email, visits from v ;\\n\"}");
        assertThat(created.status()).isEqualTo(201);
        long id = created.data().path("id").asLong();
        JsonNode model = api.get(models + "/" + id).data();
        assertThat(model.path("query").asText()).isEqualTo("select email, visits from v");
        assertThat(model.path("columns").findValuesAsText("name")).containsExactly("email", "visits");
        assertThat(model.path("source_object_id").asLong()).isEqualTo(id);
        assertThat(api.post(models, "{\"name\":\"Visitors\",\"query\":\"select 1\"}")
                        .body()
                        .path("errors")
                        .get(0)
                        .path("code")
                        .asText())
                .isEqualTo("NAME_TAKEN");
        Api.Answer broken = api.patch(models + "/" + id, "{\"query\":\"select broken\"}");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.body().path("errors").get(0).path("code").asText()).isEqualTo("QUERY_INVALID");
        assertThat(api.patch(models + "/" + id, "{\"description\":\"Who came\"}")
                        .data()
                        .path("description")
                        .asText())
                .isEqualTo("Who came");
        assertThat(api.get(models).texts("name")).containsExactly("Visitors");
        assertThat(api.get("/sources/" + source + "/objects?per_page=100").texts("type"))
                .contains("model", "table");
        assertThat(api.delete(models + "/" + id).word()).isEqualTo("deleted");
        assertThat(api.get(models + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aDestinationIsCreatedShownChangedAndDeleted() {
        long id = api.destination();

        JsonNode destination = api.get("/destinations/" + id).data();
        assertThat(destination.path("type").asText()).isEqualTo("fake_crm");
        assertThat(destination.path("connection_details")).hasToString("{\"region\":\"eu\"}");
        assertThat(destination.path("last_test_succeeded").asBoolean()).isTrue();
        assertThat(destination.path("objects").isArray()).isTrue();
        Api.Answer renamed = api.patch("/destinations/" + id, "{\"service_connection\":{\"name\":\"Sales\"}}");
        assertThat(renamed.word()).isEqualTo("updated");
        assertThat(renamed.data().path("name").asText()).isEqualTo("Sales");
        assertThat(api.delete("/destinations/" + id).body()).hasToString("{\"status\":\"deleted\"}");
        assertThat(api.get("/destinations/" + id).status()).isEqualTo(404);
    }

    @Test
    void destinationObjectsHaveEveryKeyClientsRead() {
        long id = api.destination();

        JsonNode contact = api.get("/destinations/" + id + "/objects/contact").data();

        assertThat(contact.path("supported_operations").findValuesAsText("")).isEmpty();
        assertThat(List.copyOf(contact.path("supported_operations")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList()))
                .containsExactly("upsert", "update", "insert", "mirror");
        assertThat(contact.path("primary_identifier_mapping_attributes")
                        .path("upsert")
                        .path("required")
                        .asBoolean())
                .isTrue();
        assertThat(contact.path("allow_case_sensitive_fields").isBoolean()).isTrue();
        assertThat(contact.path("allow_case_sensitive_field_names").isBoolean()).isTrue();
        assertThat(contact.path("advanced_configuration_field_definitions")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("batch_size");
        JsonNode email = contact.path("fields").get(0);
        assertThat(email.path("required_for_mapping").asBoolean()).isTrue();
        assertThat(email.path("can_be_upsert_key").asBoolean()).isTrue();
        assertThat(api.get("/destinations/" + id + "/objects")
                        .body()
                        .path("pagination")
                        .path("total_records")
                        .asInt())
                .isEqualTo(4);
        assertThat(api.get("/destinations/" + id + "/objects/nothing").status()).isEqualTo(404);
        long key = api.send("POST", "/destinations/" + id + "/refresh_objects", "{}")
                .body()
                .path("refresh_key")
                .asLong();
        awaitCompleted("/destinations/" + id + "/refresh_objects_status?refresh_key=" + key);
    }

    @Test
    void typesAreDescribedWellEnoughToDrawAForm() {
        JsonNode type = api.get("/source_types/fake_warehouse").data();

        assertThat(type.path("supported_sync_engines")).hasToString("[\"advanced\",\"basic\"]");
        JsonNode fields = type.path("configuration_fields").path("fields");
        assertThat(fields.get(0).path("rules")).hasToString("[\"required\"]");
        assertThat(fields.get(1).path("rules")).hasToString("[]");
        assertThat(fields.get(3).path("rules")).hasToString("[\"required:notForEditing\"]");
        assertThat(fields.get(3).path("is_password_type_field").asBoolean()).isTrue();
        assertThat(api.get("/source_types").texts("service_name")).contains("fake_warehouse");
        assertThat(api.get("/connectors").texts("service_name")).contains("fake_crm");
        assertThat(api.get("/source_types/nothing").status()).isEqualTo(404);
    }

    private void awaitCompleted(String path) {
        Eventually.eventually(
                Duration.ofSeconds(10),
                () -> assertThat(api.get(path).body()).hasToString("{\"status\":\"completed\"}"));
    }
}
