package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.connector.source.SourceObject;
import io.sluice.contract.FromTemplate;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.control.fake.FakeWarehouse;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mappings from the request to the run plan (census-api 3.1.3). */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class MappingsIT {
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

    /** LIQ-2, MAP-10: what a template reads is read from the source; both forms are taken and text is given back. */
    @Test
    void aTemplateTravelsToThePlanWithItsColumns() {
        long sync = api.sync();
        addMapping(sync, "{\"liquid_template\":\"{{ record['age'] | plus: 1 }}\"}");

        JsonNode kept = api.get("/syncs/" + sync).data().path("mappings").get(3);
        assertThat(kept.path("from"))
                .hasToString("{\"type\":\"liquid_template\",\"data\":\"{{ record['age'] | plus: 1 }}\"}");
        RunPlan plan = plan(trigger(sync));

        PlannedMapping mapping = plan.getMappings().get(3);
        assertThat(mapping.getSource()).isEqualTo(new FromTemplate("{{ record['age'] | plus: 1 }}", false));
        assertThat(mapping.getFieldType()).isEqualTo("string");
        assertThat(plan.getColumns())
                .containsExactly(
                        new PlannedColumn("age", "number"),
                        new PlannedColumn("email", "string"),
                        new PlannedColumn("name", "string"));
    }

    /** AC-11 and AC-12. */
    @Test
    void addingOrChangingATemplateResendsEverythingAndRemovingItDoesNot() {
        long sync = api.sync();
        complete(sync);
        addMapping(sync, "\"{{ record['age'] }}\"");
        assertThat(reasons(complete(sync))).hasToString("[\"MAPPING_ADDED\"]");
        assertThat(reasons(complete(sync))).isEmpty();

        JsonNode mappings = api.get("/syncs/" + sync).data().path("mappings");
        String changed = mappings.toString().replace("{{ record['age'] }}", "{{ record['age'] }}!");
        assertThat(api.patch("/syncs/" + sync, "{\"mappings\":" + changed + "}").status())
                .isEqualTo(200);
        assertThat(reasons(complete(sync))).hasToString("[\"MAPPING_ADDED\"]");

        String removed = "[" + mappings.get(0) + "," + mappings.get(1) + "," + mappings.get(2) + "]";
        assertThat(api.patch("/syncs/" + sync, "{\"mappings\":" + removed + "}").status())
                .isEqualTo(200);
        assertThat(reasons(complete(sync))).isEmpty();
    }

    /** LIQ-4. */
    @Test
    void aTemplateThatIsWrongIsRefusedWithItsPlace() {
        long sync = api.sync();
        Api.Answer refused = patch(sync, "\"{{ record['Age'] }}\\n{{ recrod | shout }}\"");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").findValuesAsText("code"))
                .containsExactly("INVALID_TEMPLATE", "INVALID_TEMPLATE");
        assertThat(refused.body().path("errors").get(0).path("message").asText())
                .contains("mappings[3].from.data, line 2, column 4: there is no variable 'recrod'");

        Api.Answer unknownColumn = patch(sync, "\"{{ record['Age'] }}\"");
        assertThat(unknownColumn.body().path("errors").findValuesAsText("code")).containsExactly("COLUMN_NOT_FOUND");
        assertThat(unknownColumn.body().path("errors").get(0).path("message").asText())
                .contains("did you mean 'age'?");
    }

    /** MAP-7, MAP-8: a column that is new becomes a field at the next run; one that is gone only stops updating its own. */
    @Test
    void allPropertiesFollowTheColumnsOfTheSource() {
        SourceObject table = new SourceObject("app", "public", "growing");
        FakeWarehouse.define(
                table,
                FakeWarehouse.column("id", JsonType.NUMBER),
                FakeWarehouse.column("firstName", JsonType.STRING),
                FakeWarehouse.column("email", JsonType.STRING));
        long source = api.source();
        Api.Answer created = api.post(
                "/syncs",
                """
                {"operation":"upsert","field_behavior":"sync_all_properties","field_normalization":"snake_case",
                 "source_attributes":{"connection_id":%d,"object":{"type":"table","table_catalog":"app",
                  "table_schema":"public","table_name":"growing"}},
                 "destination_attributes":{"connection_id":%d,"object":"free"},
                 "mappings":[{"from":{"type":"column","data":"id"},"to":"key","is_primary_identifier":true},
                  {"from":{"type":"constant_value","data":{"value":"x"}},"to":"email"}]}
                """
                        .formatted(source, api.destination()));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        long sync = created.data().path("sync_id").asLong();
        JsonNode shown = api.get("/syncs/" + sync).data();
        assertThat(shown.path("field_behavior").asText()).isEqualTo("sync_all_properties");
        assertThat(shown.path("field_normalization").asText()).isEqualTo("snake_case");

        RunPlan first = plan(complete(sync));
        assertThat(first.getMappings())
                .extracting(PlannedMapping::getField)
                .containsExactly("key", "email", "first_name");
        assertThat(first.getColumns()).extracting(PlannedColumn::getName).containsExactly("firstName", "id");

        FakeWarehouse.define(
                table,
                FakeWarehouse.column("id", JsonType.NUMBER),
                FakeWarehouse.column("firstName", JsonType.STRING),
                FakeWarehouse.column("Zip Code", JsonType.STRING));
        long second = complete(sync);
        assertThat(plan(second).getMappings())
                .extracting(PlannedMapping::getField)
                .containsExactly("key", "email", "zip_code", "first_name");
        assertThat(reasons(second)).hasToString("[\"MAPPING_ADDED\"]");

        FakeWarehouse.define(
                table, FakeWarehouse.column("id", JsonType.NUMBER), FakeWarehouse.column("Zip Code", JsonType.STRING));
        assertThat(reasons(complete(sync))).isEmpty();
    }

    private void addMapping(long sync, String template) {
        assertThat(patch(sync, template).status()).isEqualTo(200);
    }

    private Api.Answer patch(long sync, String template) {
        String mappings =
                api.get("/syncs/" + sync).data().path("mappings").toString().replaceFirst("]$", "");
        return api.patch(
                "/syncs/" + sync,
                "{\"mappings\":" + mappings + ",{\"from\":{\"type\":\"liquid_template\",\"data\":" + template
                        + "},\"to\":\"age\"}]}");
    }

    private long trigger(long sync) {
        return api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
    }

    private RunPlan plan(long run) {
        ConsumerRecord<String, RunPlan> planned =
                workers.await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)));
        return planned.value();
    }

    private long complete(long sync) {
        long run = trigger(sync);
        workers.complete(run);
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(
                        api.get("/sync_runs/" + run).data().path("status").asText())
                .isEqualTo("completed"));
        return run;
    }

    private JsonNode reasons(long run) {
        return api.get("/sync_runs/" + run).data().path("full_sync_reasons");
    }
}
