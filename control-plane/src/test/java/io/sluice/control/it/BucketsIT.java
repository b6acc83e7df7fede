package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.Parts;
import io.sluice.testsupport.embedded.EmbeddedS3;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Section 17: buckets of workspaces and of the organization, on a real S3 server. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class BucketsIT {
    private static final EmbeddedS3 SERVER = Parts.ownS3();

    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    private Api api;
    private Api admin;
    private Workers workers;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.kill();
    }

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
        admin = Api.as(base, "Bearer " + LastingParts.ADMIN_TOKEN);
        workers = new Workers(kafka);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private static String body(String name, String scope, Map<String, String> settings) {
        ObjectNode body = Api.json("{}");
        body.put("name", name).put("type", "s3");
        if (!scope.isEmpty()) {
            body.put("scope", scope);
        }
        body.set("credentials", new ObjectMapper().valueToTree(settings));
        return body.toString();
    }

    private long bucket(Api by) {
        Api.Answer made = by.post("/buckets", body("Mine", "", SERVER.settings(EmbeddedS3.BUCKET)));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.data().path("id").asLong();
    }

    @Test
    @DisplayName(
            "BKT-1, BKT-9: a bucket is tested with a probe object, announced encrypted, and forgotten with a tombstone")
    void aBucketIsMadeTestedChangedAndForgotten() throws Exception {
        long id = bucket(api);
        String key = "bucket-" + id;

        JsonNode shown = api.get("/buckets/" + id).data();
        assertThat(shown.path("scope").asText()).isEqualTo("workspace");
        assertThat(shown.path("in_use").asBoolean()).isTrue();
        assertThat(shown.path("last_test_results").path("steps").findValuesAsText("step"))
                .containsExactly("Write an object", "Read it", "List it", "Delete it");
        assertThat(shown.path("connection_details").path("bucket").asText()).isEqualTo(EmbeddedS3.BUCKET);
        assertThat(shown.path("connection_details").path("external_id").asText())
                .isEqualTo(externalId())
                .isNotBlank();
        assertThat(shown.toString()).doesNotContain(EmbeddedS3.SECRET_KEY);
        try (Stream<Path> left = Files.walk(SERVER.folder(EmbeddedS3.BUCKET))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }

        ConnectionConfig config = workers.<ConnectionConfig>await(
                        Topics.CONNECTIONS, record -> key.equals(record.key()) && record.value() != null)
                .value();
        assertThat(config.getKind()).isEqualTo(ConnectionKind.BUCKET);
        assertThat(config.getType()).isEqualTo("s3");
        byte[] encrypted = new byte[config.getEncryptedSettings().remaining()];
        config.getEncryptedSettings().duplicate().get(encrypted);
        assertThat(new SettingsCipher(LastingParts.SECRET_KEY).decrypt(encrypted, key))
                .containsEntry("secret_access_key", EmbeddedS3.SECRET_KEY);

        Api.Answer renamed =
                api.patch("/buckets/" + id, "{\"name\":\"Ours\",\"credentials\":{\"secret_access_key\":\"\"}}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.data().path("name").asText()).isEqualTo("Ours");
        assertThat(api.post("/buckets/" + id + "/test")
                        .data()
                        .path("last_test_succeeded")
                        .asBoolean())
                .isTrue();

        assertThat(api.delete("/buckets/" + id).body()).hasToString("{\"status\":\"deleted\"}");
        assertThat(api.get("/buckets/" + id).status()).isEqualTo(404);
        workers.<ConnectionConfig>await(
                Topics.CONNECTIONS, record -> key.equals(record.key()) && record.value() == null);
    }

    private String externalId() {
        return api.get("/bucket_types")
                .data()
                .valueStream()
                .filter(type -> type.path("service_name").asText().equals("s3"))
                .map(type -> type.path("external_id").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("A bucket that does not work is not saved, and every problem of the form is said at once")
    void whatDoesNotWorkIsRefused() {
        Api.Answer missing = api.post("/buckets", body("Mine", "", SERVER.settings("not-there")));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body().path("errors").findValuesAsText("code")).containsExactly("TRACKING_BUCKET_MISSING");

        Api.Answer wrong = api.post("/buckets", "{\"type\":\"ftp\",\"scope\":\"universe\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").findValuesAsText("field")).contains("name", "type", "scope");
        Api.Answer empty = api.post("/buckets", "{\"name\":\"x\",\"type\":\"s3\",\"credentials\":{}}");
        assertThat(empty.body().path("errors").findValuesAsText("field"))
                .contains("credentials.bucket", "credentials.region");

        long id = bucket(api);
        Api.Answer moved = api.patch("/buckets/" + id, "{\"credentials\":{\"bucket\":\"other\"}}");
        assertThat(moved.body().path("errors").findValuesAsText("code")).containsExactly("IMMUTABLE");
    }

    @Test
    @DisplayName(
            "TRK-11: new runs go to the workspace's bucket, else the organization's; earlier ones stay where they are")
    void newRunsGoToTheBucketInUse() {
        long sync = api.sync();
        assertThat(planOf(sync).getBucketId()).isNull();

        long whole = bucket(admin);
        assertThat(planOf(sync).getBucketId()).isEqualTo(whole);

        long first = bucket(api);
        long second = bucket(api);
        assertThat(planOf(sync).getBucketId()).isEqualTo(second);
        assertThat(api.get("/buckets/" + first).data().path("in_use").asBoolean())
                .isFalse();
        assertThat(api.get("/buckets").texts("id"))
                .contains(Long.toString(whole), Long.toString(first), Long.toString(second));

        api.delete("/buckets/" + second);
        assertThat(planOf(sync).getBucketId()).isEqualTo(whole);

        admin.delete("/buckets/" + whole);
        assertThat(planOf(sync).getBucketId()).isNull();
    }

    /** Triggers a run, ends it, and gives its plan. */
    private RunPlan planOf(long sync) {
        long run = api.post("/syncs/" + sync + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
        RunPlan plan = workers.<RunPlan>await(
                        Topics.RUN_PLANS, record -> Long.toString(run).equals(record.key()))
                .value();
        JsonNode shown = api.get("/sync_runs/" + run).data();
        assertThat(
                        shown.path("bucket_id").isNull()
                                ? null
                                : shown.path("bucket_id").asLong())
                .isEqualTo(plan.getBucketId());
        workers.complete(run);
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(
                        api.get("/sync_runs/" + run).data().path("status").asText())
                .isEqualTo("completed"));
        return plan;
    }

    @Test
    @DisplayName("Only the organization's admin manages the organization's bucket; workspaces see theirs and it")
    void whoMayDoWhat() {
        long whole = bucket(admin);
        long foreign = bucket(Api.inNewWorkspace(base));

        assertThat(api.get("/buckets/" + whole).status()).isEqualTo(200);
        assertThat(api.delete("/buckets/" + whole).status()).isEqualTo(403);
        assertThat(api.patch("/buckets/" + whole, "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(api.get("/buckets/" + foreign).status()).isEqualTo(404);
        assertThat(admin.get("/buckets/" + foreign).status()).isEqualTo(404);
        assertThat(api.post("/buckets", body("x", "organization", SERVER.settings(EmbeddedS3.BUCKET)))
                        .body()
                        .path("errors")
                        .findValuesAsText("code"))
                .containsExactly("FORBIDDEN");
        assertThat(Api.as(base, null).get("/buckets").status()).isEqualTo(401);
        admin.delete("/buckets/" + whole);
    }

    @Test
    @DisplayName("A run says that its tracking files wait for the bucket, also when it is over")
    void aRunSaysThatItsFilesWait() {
        long run = api.post("/syncs/" + api.sync() + "/trigger")
                .data()
                .path("sync_run_id")
                .asLong();
        workers.complete(run);

        workers.send(run, new RunEvent(new StageProgress(run, Stage.TRACK, -1, 0L, true)));
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(api.get("/sync_runs/" + run)
                        .data()
                        .path("tracking_state")
                        .asText())
                .isEqualTo("delayed"));
        assertThat(api.get("/sync_runs/" + run)
                        .data()
                        .path("tracking_delayed_since")
                        .asText())
                .endsWith("Z");

        workers.send(run, new RunEvent(new StageProgress(run, Stage.TRACK, -1, 0L, false)));
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(api.get("/sync_runs/" + run)
                        .data()
                        .path("tracking_state")
                        .asText())
                .isEqualTo("current"));
    }
}
