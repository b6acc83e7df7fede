package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Parts;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connectors that ship with Sluice, as a user meets them through the API. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class RealConnectorsIT {
    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    private Api api;
    private PostgresDatabase database;

    @BeforeEach
    void makeDatabase() throws SQLException {
        api = Api.inNewWorkspace(base);
        database = Parts.postgres().newDatabase("real");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers (id bigint primary key, email text, tags text[], vip boolean)");
            statement.execute("create view adults as select id, email from customers");
            statement.execute("create schema crm");
            statement.execute(
                    "create table crm.people (id bigint primary key, email text not null, note text, made timestamptz"
                            + " not null default now())");
        }
    }

    @Test
    void theShippedTypesAreThere() {
        assertThat(api.get("/source_types").texts("service_name")).contains("postgres");
        assertThat(api.get("/connectors").texts("service_name")).contains("postgres", "webhook");
    }

    @Test
    void aPostgresTableIsSyncedToAnotherOne() throws SQLException {
        long source = connect("/sources", "connection", database.host(), database.password())
                .data()
                .path("id")
                .asLong();
        long destination = connect("/destinations", "service_connection", database.host(), database.password())
                .data()
                .path("id")
                .asLong();
        assertThat(api.get("/sources/" + source + "/tables?search=public").texts("table_name"))
                .containsExactly("adults", "customers");
        JsonNode people =
                api.get("/destinations/" + destination + "/objects/crm.people").data();
        assertThat(people.path("full_name").asText()).isEqualTo("crm.people");
        assertThat(people.path("fields")
                        .valueStream()
                        .filter(field -> field.path("required_for_mapping").asBoolean())
                        .map(field -> field.path("full_name").asText())
                        .toList())
                .contains("email")
                .doesNotContain("note", "made");
        ObjectNode body = Api.json(
                """
                {"operation":"mirror",
                 "source_attributes":{"connection_id":%d,"object":{"type":"table","table_catalog":"%s",
                   "table_schema":"public","table_name":"customers"}},
                 "destination_attributes":{"connection_id":%d,"object":"crm.people"},
                 "mappings":[
                   {"from":{"type":"column","data":"id"},"to":"id","is_primary_identifier":true},
                   {"from":{"type":"column","data":"vip"},"to":"note"}],
                 "advanced_configuration":{"batch_size":500}}
                """
                        .formatted(source, database.name(), destination));
        assertThat(api.post("/syncs", body.toString()).body().path("errors").findValuesAsText("code"))
                .containsExactly("REQUIRED_FIELD_UNMAPPED");
        body.withArray("mappings")
                .add(Api.json("{\"from\":{\"type\":\"column\",\"data\":\"email\"},\"to\":\"email\"}"))
                .add(Api.json("{\"from\":{\"type\":\"column\",\"data\":\"gone\"},\"to\":\"nowhere\"}"));
        assertThat(api.post("/syncs", body.toString()).body().path("errors").findValuesAsText("code"))
                .containsExactlyInAnyOrder("COLUMN_NOT_FOUND", "FIELD_NOT_FOUND");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table customers add column gone jsonb");
            statement.execute("alter table crm.people add column nowhere jsonb");
        }

        Api.Answer created = api.post("/syncs", body.toString());

        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        long sync = created.data().path("sync_id").asLong();
        String run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asText();
        try (Workers workers = new Workers(kafka)) {
            RunPlan plan = workers.<RunPlan>await(
                            Topics.RUN_PLANS, record -> record.key().equals(run))
                    .value();
            assertThat(plan.getColumns())
                    .containsExactly(
                            new PlannedColumn("email", "string"),
                            new PlannedColumn("gone", "object"),
                            new PlannedColumn("id", "number"),
                            new PlannedColumn("vip", "boolean"));
            assertThat(plan.getBatchSize()).isEqualTo(500);
        }
    }

    @Test
    void aModelIsCheckedByTheDatabase() {
        long source = connect("/sources", "connection", database.host(), database.password())
                .data()
                .path("id")
                .asLong();
        String models = "/sources/" + source + "/models";

        assertThat(api.post(models, "{\"name\":\"Good\",\"query\":\"select id, upper(email) as e from customers\"}")
                        .status())
                .isEqualTo(201);
        for (String query :
                List.of("selec 1", "select * from nowhere", "delete from customers", "select 1; select 2")) {
            Api.Answer answer = api.post(
                    models,
                    Api.json("{}").put("name", query).put("query", query).toString());
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(400);
            assertThat(answer.word()).isEqualTo("error");
        }
    }

    @ParameterizedTest
    @CsvSource({"/sources, connection", "/destinations, service_connection"})
    void wrongPasswordsAndUnreachableHostsAreClearErrors(String path, String envelope) {
        Api.Answer password = connect(path, envelope, database.host(), "not-the-password");
        assertThat(password.status()).isEqualTo(400);
        assertThat(password.body().path("errors").get(0).path("code").asText()).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(password.body().toString()).doesNotContain("not-the-password");
        Api.Answer host = connect(path, envelope, "nowhere.invalid", "x");
        assertThat(host.status()).isEqualTo(400);
        assertThat(host.body().path("errors").get(0).path("code").asText()).isEqualTo("HOST_UNREACHABLE");
    }

    private Api.Answer connect(String path, String envelope, String host, String password) {
        return api.post(
                path,
                """
                {"%s":{"name":"Postgres","type":"postgres","credentials":{"hostname":"%s","port":"%d",
                 "database":"%s","user":"%s","password":"%s"}}}
                """
                        .formatted(envelope, host, database.port(), database.name(), database.user(), password));
    }
}
