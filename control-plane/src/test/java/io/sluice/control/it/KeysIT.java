package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.FromColumn;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.RunPlan;
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

/** Compound keys (KEY-3) and lookups (DST-7) from the request to the run plan. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class KeysIT {
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
    @DisplayName("KEY-3: a compound key is given back as it came, and is a computed column of the plan")
    void compoundKeyInThePlan() {
        ObjectNode body = keyed(api.source(), "[\"name\",\"age\"]");
        long sync = create(body);

        assertThat(api.get("/syncs/" + sync).data().path("mappings").get(0).path("from"))
                .hasToString("{\"type\":\"compound_key\",\"data\":[\"name\",\"age\"]}");
        RunPlan plan = plan(complete(sync));
        assertThat(plan.getIdentifierColumn()).isEqualTo("compound_key");
        assertThat(plan.getCompoundKey()).containsExactly("name", "age");
        assertThat(plan.getColumns())
                .containsExactly(
                        new PlannedColumn("age", "number"),
                        new PlannedColumn("compound_key", "string"),
                        new PlannedColumn("email", "string"),
                        new PlannedColumn("name", "string"));
        PlannedMapping key = plan.getMappings().getFirst();
        assertThat(key.getSource()).isEqualTo(new FromColumn("compound_key"));
        assertThat(key.getPrimaryIdentifier()).isTrue();
    }

    @Test
    @DisplayName("KEY-12: another column, or another order, is another key: confirmed, and the state is forgotten")
    void changingTheColumnsOfTheKey() {
        ObjectNode body = keyed(api.source(), "[\"name\",\"age\"]");
        long sync = create(body);
        complete(sync);
        assertThat(plan(complete(sync)).getFullSync()).isFalse();

        for (String columns : new String[] {"[\"age\",\"name\"]", "[\"age\",\"id\"]"}) {
            String mappings = keyed(1, columns).path("mappings").toString();
            Api.Answer refused = api.patch("/syncs/" + sync, "{\"mappings\":" + mappings + "}");
            assertThat(code(refused)).isEqualTo("KEY_CHANGE_UNCONFIRMED");
            assertThat(api.patch("/syncs/" + sync, "{\"confirm_key_change\":true,\"mappings\":" + mappings + "}")
                            .status())
                    .isEqualTo(200);

            RunPlan plan = plan(complete(sync));
            assertThat(plan.getForgetState()).isTrue();
            assertThat(plan.getFullSyncReasons()).contains("KEY_CHANGED");
        }
    }

    @Test
    @DisplayName("KEY-3: a kind of source that computes no keys refuses them when the sync is saved")
    void sourcesWithoutCompoundKeys() {
        long files = api.post(
                        "/sources",
                        """
                        {"connection":{"name":"Files","type":"fake_files","sync_engine":"basic",
                         "credentials":{"hostname":"db","port":"5432","user":"me","password":"open sesame"}}}
                        """)
                .data()
                .path("id")
                .asLong();

        assertThat(code(api.post("/syncs", keyed(files, "[\"name\",\"age\"]").toString())))
                .isEqualTo("COMPOUND_KEY_NOT_SUPPORTED");
    }

    @Test
    @DisplayName("DST-7: a lookup is offered, saved, given back, planned with the type it is compared with, and resent")
    void lookups() {
        long destination = api.destination();
        JsonNode field = api.get("/destinations/" + destination + "/objects/deal")
                .data()
                .path("fields")
                .get(1);
        assertThat(field.path("lookup_object").asText()).isEqualTo("contact");
        ObjectNode body = Api.syncBody(api.source(), destination);
        body.withObject("/destination_attributes").put("object", "deal");
        body.set("mappings", mappings("email"));
        long sync = create(body);

        JsonNode kept = api.get("/syncs/" + sync).data().path("mappings").get(1);
        assertThat(kept.path("lookup_object").asText()).isEqualTo("contact");
        assertThat(kept.path("lookup_field").asText()).isEqualTo("email");
        PlannedMapping planned = plan(complete(sync)).getMappings().get(1);
        assertThat(planned.getLookupObject()).isEqualTo("contact");
        assertThat(planned.getLookupField()).isEqualTo("email");
        assertThat(planned.getFieldType()).isEqualTo("string");

        ObjectNode patch = Api.json("{}");
        patch.set("mappings", mappings("age"));
        assertThat(api.patch("/syncs/" + sync, patch.toString()).status()).isEqualTo(200);
        RunPlan changed = plan(complete(sync));
        assertThat(changed.getMappings().get(1).getFieldType()).isEqualTo("integer");
        assertThat(changed.getFullSyncReasons()).contains("MAPPING_ADDED");
    }

    private static JsonNode mappings(String by) {
        return Api.json(
                        """
                        {"mappings":[{"from":{"type":"column","data":"id"},"to":"id","is_primary_identifier":true},
                          {"from":{"type":"column","data":"age"},"to":"owner","lookup_object":"contact",
                           "lookup_field":"%s"}]}
                        """
                                .formatted(by))
                .path("mappings");
    }

    private ObjectNode keyed(long source, String columns) {
        ObjectNode body = Api.syncBody(source, api.destination());
        body.withObject("/destination_attributes").put("object", "free");
        body.set(
                "mappings",
                Api.json(
                                """
                                {"mappings":[{"from":{"type":"compound_key","data":%s},"to":"key",
                                  "is_primary_identifier":true},{"from":{"type":"column","data":"email"},"to":"mail"}]}
                                """
                                        .formatted(columns))
                        .path("mappings"));
        return body;
    }

    private long create(ObjectNode body) {
        Api.Answer created = api.post("/syncs", body.toString());
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.data().path("sync_id").asLong();
    }

    private static String code(Api.Answer refused) {
        return refused.body().path("errors").get(0).path("code").asText();
    }

    private RunPlan plan(long run) {
        ConsumerRecord<String, RunPlan> planned =
                workers.await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(run)));
        return planned.value();
    }

    private long complete(long sync) {
        long run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
        workers.complete(run);
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(
                        api.get("/sync_runs/" + run).data().path("status").asText())
                .isEqualTo("completed"));
        return run;
    }
}
