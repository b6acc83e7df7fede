package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.catalog.DestinationItem;
import io.sluice.control.connection.ConnectionTest;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.WritebackSettings;
import io.sluice.operation.StateMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Sources and destinations as the API shows them: never a secret, never a workspace id (census-api 2.4). */
final class ConnectionViews {

    private ConnectionViews() {}

    /** Result of a connection test. */
    @Schema(name = "ConnectionTest")
    record Test(List<Step> steps) {
        static Test of(ConnectionTest test) {
            return new Test(test.steps().stream()
                    .map(step -> new Step(
                            step.step(),
                            step.status(),
                            step.message()
                                    .map(message -> new StepError(step.code().orElse(null), message))
                                    .orElse(null)))
                    .toList());
        }
    }

    /** One step of a test; status is passed, failed or skipped. */
    @Schema(name = "ConnectionTestStep")
    record Step(String step, String status, @JsonInclude(JsonInclude.Include.NON_NULL) StepError error) {}

    /** Why a step failed. */
    @Schema(name = "ConnectionTestError")
    record StepError(@JsonInclude(JsonInclude.Include.NON_NULL) String code, String message) {}

    /** A source. */
    @Schema(name = "Source")
    record SourceView(
            long id,
            String name,
            String label,
            String type,
            @JsonProperty("sync_engine") String syncEngine,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("updated_at") String updatedAt,
            @JsonProperty("last_test_succeeded") Boolean lastTestSucceeded,
            @JsonProperty("last_tested_at") String lastTestedAt,
            @JsonProperty("last_test_results") Test lastTestResults,
            @JsonProperty("connection_details") Map<String, Object> connectionDetails,
            @JsonProperty("read_only_connection") boolean readOnlyConnection,
            @JsonProperty("warehouse_writeback_enabled") boolean writebackEnabled,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("warehouse_writeback_retention_in_days")
                    Integer writebackRetention) {

        static SourceView of(Source source) {
            return new SourceView(
                    source.id(),
                    source.name(),
                    source.label().orElse(null),
                    source.type(),
                    source.engine().wireName(),
                    Timestamps.text(source.createdAt()),
                    Timestamps.text(source.updatedAt()),
                    source.lastTest().map(ConnectionTest::succeeded).orElse(null),
                    Timestamps.text(source.lastTest().map(ConnectionTest::testedAt)),
                    source.lastTest().map(Test::of).orElse(null),
                    source.details(),
                    source.engine() != StateMode.WAREHOUSE,
                    source.writeback().on(),
                    retention(source.writeback()));
        }

        /** Never null: strict clients cannot read that. */
        private static Integer retention(WritebackSettings writeback) {
            return writeback.on()
                    ? Integer.valueOf(writeback.days())
                    : writeback.retentionDays().orElse(null);
        }
    }

    /** A destination. */
    @Schema(name = "Destination")
    record DestinationView(
            long id,
            String name,
            String type,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("updated_at") String updatedAt,
            @JsonProperty("last_test_succeeded") Boolean lastTestSucceeded,
            @JsonProperty("last_tested_at") String lastTestedAt,
            @JsonProperty("last_test_results") Test lastTestResults,
            @JsonProperty("connection_details") Map<String, Object> connectionDetails,
            List<ObjectSummary> objects) {

        static DestinationView of(Destination destination, List<DestinationItem> objects) {
            Optional<ConnectionTest> test = destination.lastTest();
            return new DestinationView(
                    destination.id(),
                    destination.name(),
                    destination.type(),
                    Timestamps.text(destination.createdAt()),
                    Timestamps.text(destination.updatedAt()),
                    test.map(ConnectionTest::succeeded).orElse(null),
                    Timestamps.text(test.map(ConnectionTest::testedAt)),
                    test.map(Test::of).orElse(null),
                    destination.details(),
                    objects.stream()
                            .map(item -> new ObjectSummary(
                                    item.object().label(), item.object().fullName()))
                            .toList());
        }
    }

    /** An object within its destination; its fields are under /destinations/{id}/objects. */
    @Schema(name = "DestinationObjectSummary")
    record ObjectSummary(String label, @JsonProperty("full_name") String fullName) {}
}
