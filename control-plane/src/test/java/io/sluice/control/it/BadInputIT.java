package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 2, "Bad input": each a clear 4xx in the API's error shape, all problems of one form at once. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class BadInputIT {
    @TestHTTPResource
    URI base;

    private Api api;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
    }

    @ParameterizedTest
    @CsvSource({
        "wr0ng-secret, db, AUTHENTICATION_FAILED",
        "open sesame, unreachable, HOST_UNREACHABLE",
        "open sesame, silent, TIMEOUT",
        "open sesame, buggy, CONNECTOR_BUG"
    })
    void aSourceThatDoesNotWorkIsNotSaved(String password, String host, String code) {
        Api.Answer answer = api.post(
                "/sources",
                """
                {"connection":{"name":"W","type":"fake_warehouse",
                 "credentials":{"hostname":"%s","user":"me","password":"%s"}}}
                """
                        .formatted(host, password));

        assertError(answer, code);
        assertThat(answer.body().toString()).doesNotContain(password);
        assertThat(api.get("/sources")
                        .body()
                        .path("pagination")
                        .path("total_records")
                        .asInt())
                .isZero();
    }

    @Test
    void aDestinationThatDoesNotWorkIsNotSaved() {
        assertError(
                api.post(
                        "/destinations",
                        "{\"service_connection\":{\"name\":\"x\",\"type\":\"fake_crm\",\"credentials\":{\"api_key\":\"no\"}}}"),
                "AUTHENTICATION_FAILED");
    }

    @Test
    void allProblemsOfAConnectionAreToldAtOnce() {
        assertError(
                api.post(
                        "/sources",
                        "{\"connection\":{\"type\":\"fake_warehouse\",\"sync_engine\":\"stateless\","
                                + "\"credentials\":{\"port\":\"many\"}}}"),
                "REQUIRED",
                "SYNC_ENGINE_NOT_AVAILABLE",
                "INVALID_CREDENTIAL",
                "INVALID_CREDENTIAL",
                "INVALID_CREDENTIAL",
                "INVALID_CREDENTIAL");
        assertError(
                api.post("/sources", "{\"connection\":{\"name\":\"x\",\"type\":\"oracle9\"}}"),
                "UNKNOWN_CONNECTOR_TYPE");
        assertError(api.post("/sources", "{}"), "REQUIRED");
        assertError(api.post("/destinations", "{\"service_connection\":[]}"), "INVALID_VALUE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"label\":", "{'label':1}", "[1]", "\"text\"", "nonsense", "{} {}", "\u0001", "{\"a\":1}}"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        for (String path : List.of("/syncs", "/sources", "/destinations")) {
            assertError(api.post(path, body), "MALFORMED_JSON");
        }
        long sync = api.sync();
        assertError(api.patch("/syncs/" + sync, body), "MALFORMED_JSON");
        assertError(api.post("/syncs/" + sync + "/trigger", body), "MALFORMED_JSON");
    }

    @Test
    void aNulCharacterAnywhereIsRefused() {
        assertError(api.post("/syncs", "{\"label\":\"a\\u0000b\"}"), "INVALID_VALUE");
    }

    @Test
    void allProblemsOfASyncAreToldAtOnce() {
        ObjectNode body = Api.syncBody(api.source(), api.destination());
        ObjectNode table = (ObjectNode) body.path("source_attributes").path("object");
        ArrayNode mappings = (ArrayNode) body.path("mappings");
        mappings.remove(1);
        mappings.add(Api.json(
                "{\"from\":{\"type\":\"column\",\"data\":\"gone\"},\"to\":\"age\",\"is_primary_identifier\":true}"));
        mappings.add(Api.json("{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"nowhere\"}"));
        mappings.add(Api.json("{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"email\"}"));
        body.put("operation", "merge");

        assertError(
                api.post("/syncs", body.toString()),
                "UNKNOWN_OPERATION",
                "SEVERAL_PRIMARY_IDENTIFIERS",
                "DUPLICATE_FIELD",
                "COLUMN_NOT_FOUND",
                "IDENTIFIER_NOT_ALLOWED",
                "FIELD_NOT_FOUND",
                "REQUIRED_FIELD_UNMAPPED");

        table.put("table_name", "nowhere");
        body.with("destination_attributes").put("object", "nothing");
        assertError(
                api.post("/syncs", body.toString()),
                "UNKNOWN_OPERATION",
                "TABLE_NOT_FOUND",
                "DESTINATION_OBJECT_NOT_FOUND",
                "SEVERAL_PRIMARY_IDENTIFIERS",
                "DUPLICATE_FIELD");
    }

    @Test
    void anEmptySyncNamesEverythingThatIsMissing() {
        Api.Answer answer = api.post("/syncs", "{}");

        assertError(answer, "REQUIRED", "REQUIRED", "REQUIRED", "REQUIRED");
        assertThat(answer.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("operation", "source_attributes", "destination_attributes", "mappings");
    }

    @Test
    void wordsOfTheWrongKindAreProblemsNotFailures() {
        assertError(
                api.post(
                        "/syncs",
                        """
                        {"operation":{"a":1},"source_attributes":"x","destination_attributes":{"connection_id":"abc",
                         "object":[]},"mappings":{"to":1},"paused":"maybe","mode":3,"alert_attributes":[1]}
                        """),
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE",
                "INVALID_VALUE");
    }

    @Test
    void unknownIdsInABodyAreProblemsAndInAPathAreNotFound() {
        assertError(
                api.post("/syncs", Api.syncBody(999_999, 999_999).toString()),
                "SOURCE_NOT_FOUND",
                "DESTINATION_NOT_FOUND");
        for (String path : List.of(
                "/syncs/999999",
                "/syncs/999999/sync_runs",
                "/sync_runs/999999",
                "/sources/999999",
                "/sources/999999/tables",
                "/sources/999999/models/1",
                "/destinations/999999",
                "/destinations/999999/objects")) {
            Api.Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).hasToString("{\"status\":404}");
        }
        assertThat(api.post("/syncs/999999/trigger").status()).isEqualTo(404);
        assertThat(api.post("/sync_runs/999999/cancel").status()).isEqualTo(404);
        assertThat(api.delete("/syncs/0").status()).isEqualTo(404);
        assertThat(api.patch("/sources/-1", "{\"connection\":{}}").status()).isEqualTo(404);
    }

    @Test
    void anotherWorkspacesIdsDoNotExist() {
        Api other = Api.inNewWorkspace(base);
        long source = api.source();
        long destination = api.destination();
        long sync = api.post("/syncs", Api.syncBody(source, destination).toString())
                .data()
                .path("sync_id")
                .asLong();
        long run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();

        for (String path : List.of(
                "/syncs/" + sync,
                "/syncs/" + sync + "/sync_runs",
                "/sync_runs/" + run,
                "/sources/" + source,
                "/sources/" + source + "/tables",
                "/destinations/" + destination,
                "/destinations/" + destination + "/objects")) {
            assertThat(other.get(path).body()).as(path).hasToString("{\"status\":404}");
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(other.post("/syncs/" + sync + "/trigger").status()).isEqualTo(404);
        assertThat(other.post("/sync_runs/" + run + "/cancel").status()).isEqualTo(404);
        assertThat(other.patch("/syncs/" + sync, "{\"paused\":true}").status()).isEqualTo(404);
        assertThat(other.delete("/syncs/" + sync).status()).isEqualTo(404);
        assertThat(other.delete("/sources/" + source).status()).isEqualTo(404);
        assertThat(other.delete("/destinations/" + destination).status()).isEqualTo(404);
        assertError(
                other.post("/syncs", Api.syncBody(source, destination).toString()),
                "SOURCE_NOT_FOUND",
                "DESTINATION_NOT_FOUND");
        for (String path : List.of("/syncs", "/sources", "/destinations")) {
            assertThat(other.get(path)
                            .body()
                            .path("pagination")
                            .path("total_records")
                            .asInt())
                    .isZero();
        }
    }

    private static void assertError(Api.Answer answer, String... codes) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.word()).isEqualTo("error");
        assertThat(answer.body().path("message").asText()).isNotBlank().doesNotContain("Exception");
        assertThat(answer.body().path("errors").findValuesAsText("code")).containsExactlyInAnyOrder(codes);
    }
}
