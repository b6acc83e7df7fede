package io.sluice.tracking.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.quarkus.SluicePartsResource;
import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.file.RunFiles;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service as it is packaged: settings, health, metrics, and a run that goes through. */
@QuarkusTest
@QuarkusTestResource(
        value = SluicePartsResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "parts", value = "own-kafka,registry"))
@TestProfile(TrackingServiceIT.Bucket.class)
class TrackingServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long RUN = 3;

    @Inject
    KafkaSettings kafka;

    @Inject
    TrackingConfig config;

    /** A bucket folder of its own. */
    public static class Bucket implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bucket-");
                return Map.of(
                        "sluice.tracking.local-directory", folder.toString(),
                        "sluice.kafka.instance-id", "quarkus-test",
                        "sluice.secret.key", "c2x1aWNlLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZyE=",
                        "quarkus.http.test-port", "0");
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }

    @Test
    void aRunGoesThroughAndHealthAndMetricsTellOfIt() throws Exception {
        Eventually.eventually(
                PATIENCE, () -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));

        try (OutcomesCluster cluster = new OutcomesCluster(kafka.bootstrapServers(), kafka.registryUrl())) {
            cluster.publishPlan(RUN);
            cluster.start(RUN);
            cluster.rows(RUN, 0, 400, 25);
            cluster.end(RUN);
            cluster.awaitEnd(RUN);
        }

        new RunFiles(config.localDirectory(), RUN).assertEachRowOnce(400);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_updated\"} 320.0"))
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_deleted\"} 40.0"))
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_invalid\"} 40.0"))
                .body(containsString("sluice_tracking_partitions_failing 0.0"))
                .body(containsString("sluice_tracking_parked_total 0.0"));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(config.rowsPerFile()).isEqualTo(50_000);
        assertThat(config.bytesPerFile()).isEqualTo(32L << 20);
        assertThat(config.maxDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.checkpointLength()).isEqualTo(4_000);
        assertThat(config.planPatience()).isEqualTo(Duration.ofMinutes(1));
    }
}
