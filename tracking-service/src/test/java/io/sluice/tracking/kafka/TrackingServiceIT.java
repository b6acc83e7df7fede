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
import io.restassured.specification.RequestSpecification;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.secret.ServiceKey;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.quarkus.SluicePartsResource;
import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.file.RunFiles;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final String SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String QUESTIONS = "/internal/v1/runs/1/2/3/";

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
                        "sluice.tracking.local-directory",
                        folder.toString(),
                        "sluice.kafka.instance-id",
                        "quarkus-test",
                        "sluice.secret.key",
                        SECRET,
                        "quarkus.http.test-port",
                        "0");
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
        questionsAreAnsweredToServicesOfThisInstallation();
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_updated\"} 320.0"))
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_deleted\"} 40.0"))
                .body(containsString("sluice_tracking_rows_total{batch_type=\"records_invalid\"} 40.0"))
                .body(containsString("sluice_tracking_partitions_failing 0.0"))
                .body(containsString("sluice_tracking_parked_total 0.0"));
    }

    private void questionsAreAnsweredToServicesOfThisInstallation() {
        given().get(QUESTIONS + "count").then().statusCode(401);
        given().header("Authorization", "Bearer guessed")
                .get("/internal/v1/nothing")
                .then()
                .statusCode(401);
        asService().get(QUESTIONS + "count").then().statusCode(200).body("count", equalTo(400));
        asService()
                .get(QUESTIONS + "count?status=invalid&operation=upsert")
                .then()
                .body("count", equalTo(40));
        asService().get(QUESTIONS + "count?status=odd").then().statusCode(400);
        asService()
                .get(QUESTIONS + "records?status=rejected&offset=0&limit=5&mask=email")
                .then()
                .statusCode(200)
                .body("total", equalTo(40))
                .body("records.size()", equalTo(5))
                .body("records[0].status_message", equalTo("value too long"))
                .body("records[0].record_payload", containsString("\"email\":\"[masked]\""));
        String csv = asService()
                .get(QUESTIONS + "download?format=csv&status=rejected")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(41);
        String lines = asService()
                .get(QUESTIONS + "download?format=jsonl")
                .then()
                .extract()
                .asString();
        assertThat(lines.lines()).hasSize(400);
        List<String> files =
                asService().get(QUESTIONS + "files").then().extract().path("files.name");
        assertThat(files).isNotEmpty().allMatch(name -> name.matches("records_[a-z]+\\.[0-9]+\\.parquet"));
        byte[] file = asService()
                .get(QUESTIONS + "files/" + files.getFirst())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        asService().get(QUESTIONS + "files/records_updated.999.parquet").then().statusCode(404);
        asService().get(QUESTIONS + "files/metadata.json").then().statusCode(404);
        asService()
                .contentType("application/json")
                .body("{\"organization_id\":1,\"sync_id\":2,\"primary_identifier\":\"id-8\",\"rows_per_run\":9,"
                        + "\"runs\":[{\"sync_run_id\":3},{\"sync_run_id\":4}]}")
                .post("/internal/v1/history")
                .then()
                .statusCode(200)
                .body("events.size()", equalTo(1))
                .body("events[0].sync_run_id", equalTo(3))
                .body("events[0].record.status", equalTo("rejected"));
        asService()
                .get(QUESTIONS + "count?bucket_id=77")
                .then()
                .statusCode(503)
                .body("code", equalTo("TRACKING_BUCKET_MISSING"));
    }

    private static RequestSpecification asService() {
        return given().header("Authorization", new ServiceKey(SECRET, ServiceKey.TRACKING).authorization());
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
