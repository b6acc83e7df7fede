package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.FactTables;
import io.sluice.contract.RunPlan;
import io.sluice.contract.SourceObjectFact;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Section 16: what the control plane publishes for the fact tables. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class FactsIT {
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
    @DisplayName("FCT-3 to FCT-8: types, names and ids as run plans have them; what is deleted stays listed")
    void factsAreCompleteAndOutliveTheirObjects() {
        long sync = api.sync();
        long run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
        RunPlan plan = workers.<RunPlan>await(
                        Topics.RUN_PLANS, record -> Long.toString(run).equals(record.key()))
                .value();
        long source = plan.getSource().getConnectionId();
        long model = api.post(
                        "/sources/" + source + "/models",
                        "{\"name\":\"Big users\",\"query\":\"select email from users\"}")
                .data()
                .path("id")
                .asLong();

        FactTables facts = refreshed();

        assertThat(facts.getSourceObjects())
                .filteredOn(fact -> fact.getId() == plan.getSource().getObjectId())
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.getType()).isEqualTo("DataWarehouse::Table");
                    assertThat(fact.getName()).isEqualTo(plan.getSource().getObjectName());
                    assertThat(fact.getModelId()).isNull();
                    assertThat(fact.getSourceId()).isEqualTo(source);
                });
        assertThat(facts.getSourceObjects())
                .filteredOn(fact -> fact.getId() == model)
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.getType()).isEqualTo("DataWarehouse::Query");
                    assertThat(fact.getModelId()).isEqualTo(model);
                    assertThat(fact.getCohortId()).isNull();
                });
        assertThat(facts.getDestinations())
                .filteredOn(fact -> fact.getId() == plan.getDestination().getConnectionId())
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.getType()).endsWith("::Connection");
                    assertThat(fact.getName()).isEqualTo("CRM");
                });
        assertThat(facts.getDestinationObjects())
                .filteredOn(fact -> fact.getId() == plan.getDestination().getObjectId())
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.getType()).contains("::ObjectTypes::");
                    assertThat(fact.getName()).isEqualTo("contact");
                });

        api.delete("/sources/" + source);
        api.delete("/destinations/" + plan.getDestination().getConnectionId());
        FactTables later = refreshed();

        assertThat(later.getSourceObjects())
                .filteredOn(SourceObjectFact::getDeleted)
                .extracting(SourceObjectFact::getId)
                .contains(plan.getSource().getObjectId(), model);
        assertThat(later.getDestinations())
                .anyMatch(fact -> fact.getId() == plan.getDestination().getConnectionId() && fact.getDeleted());
        assertThat(later.getDestinationObjects())
                .anyMatch(fact -> fact.getId() == plan.getDestination().getObjectId() && fact.getDeleted());
    }

    private FactTables refreshed() {
        Instant before = Instant.now().minusMillis(1);
        assertThat(api.post("/metadata_refresh").status()).isEqualTo(202);
        return workers.<FactTables>await(
                        Topics.FACT_TABLES,
                        record -> record.value().getTakenAt().isAfter(before))
                .value();
    }
}
