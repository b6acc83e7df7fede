package io.sluice.tracking.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.LocalFolderStorage;
import io.sluice.bucket.s3.S3Settings;
import io.sluice.bucket.s3.S3Storage;
import io.sluice.connector.settings.Secret;
import io.sluice.contract.RunPlan;
import io.sluice.embedded.EmbeddedKafka;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.Parts;
import io.sluice.testsupport.embedded.EmbeddedS3;
import io.sluice.tracking.bucket.BucketTroubles;
import io.sluice.tracking.bucket.Uploader;
import io.sluice.tracking.file.RunFiles;
import io.sluice.tracking.run.Plans;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a customer's bucket, on a real S3 server that comes and goes (TRK-11, issue 4 item 2). */
class CustomerBucketIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final SettingsCipher CIPHER = new SettingsCipher("c2x1aWNlLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZyE=");
    private static final EmbeddedKafka KAFKA = Parts.ownKafka();
    private static OutcomesCluster cluster;
    private static long lastId = 300;

    @TempDir
    Path folder;

    private final EmbeddedS3 server = Parts.ownS3();
    private final BucketTroubles troubles = new BucketTroubles(Clock.systemUTC());
    private LocalFolderStorage platform;
    private ConfiguredBuckets buckets;
    private DelayEvents delays;
    private TrackingStores stores;
    private long bucket;
    private long customers;
    private long others;

    @BeforeAll
    static void start() {
        KAFKA.start();
        cluster = new OutcomesCluster(KAFKA.bootstrapServers(), Parts.registry().url());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        KAFKA.kill();
    }

    @BeforeEach
    void twoRuns() throws Exception {
        server.start();
        platform = LocalFolderStorage.open(folder);
        KafkaClients clients = cluster.clients();
        buckets = new ConfiguredBuckets(new ConnectionConfigs(clients).start(), CIPHER);
        delays = new DelayEvents(clients);
        stores = new TrackingStores(platform, buckets, troubles, delays, Duration.ofSeconds(10));
        bucket = ++lastId;
        customers = ++lastId;
        others = ++lastId;
        cluster.publishBucket(bucket, server.settings(EmbeddedS3.BUCKET), CIPHER);
        cluster.publishPlan(
                RunPlan.newBuilder(Plans.of(customers)).setBucketId(bucket).build());
        cluster.publishPlan(others);
    }

    @AfterEach
    void end() {
        buckets.close();
        delays.close();
        server.kill();
    }

    private RunFiles inTheBucket() {
        return new RunFiles(server.folder(EmbeddedS3.BUCKET), customers);
    }

    private void rows(int first, int count) {
        cluster.rows(customers, first, count, 25);
        cluster.rows(others, first, count, 25);
    }

    @Test
    @DisplayName(
            "A bucket that dies in the middle of a run delays its own files only; when it is back each row is there once")
    void aServerIsKilledInTheMiddleOfARunAndComesBack() throws Exception {
        Uploader uploader = stores.uploader();
        try (Replica replica = replica()) {
            cluster.start(customers);
            cluster.start(others);
            rows(0, 2_000);
            Eventually.eventually(PATIENCE, () -> {
                assertThat(cluster.progress(customers)).isEqualTo(2_000);
                assertThat(cluster.progress(others)).isEqualTo(2_000);
            });
            inTheBucket().assertEachRowOnce(2_000);

            server.kill();
            rows(2_000, 2_000);
            cluster.end(customers);
            cluster.end(others);

            cluster.awaitEnd(others);
            cluster.awaitEnd(customers);
            new RunFiles(folder, others).assertEachRowOnce(4_000);
            assertThat(replica.status().failures()).isEmpty();
            assertThat(replica.status().bucketTroubles().get(bucket).reason()).contains("TRACKING_BUCKET_UNREACHABLE");
            assertThat(cluster.delays(customers)).isNotEmpty().doesNotContain(false);
            assertThat(cluster.delays(others)).isEmpty();
            assertThat(uploader.pass()).isPositive();

            server.start();
            Eventually.eventually(PATIENCE, () -> assertThat(uploader.pass()).isZero());
        }
        inTheBucket().assertEachRowOnce(4_000);
        assertThat(platform.list("spool/")).isEmpty();
        assertThat(platform.list("sync_tracking_datasets/1/2/" + customers + "/"))
                .isEmpty();
        assertThat(troubles.all()).isEmpty();
        Eventually.eventually(
                PATIENCE, () -> assertThat(cluster.delays(customers).getLast()).isFalse());
    }

    @Test
    @DisplayName("A run that begins while its bucket is down ends, and its metadata and rows arrive later")
    void aRunThatBeginsWhileItsBucketIsDown() throws Exception {
        server.kill();
        Uploader uploader = stores.uploader();
        try (Replica replica = replica()) {
            cluster.start(customers);
            cluster.rows(customers, 0, 1_000, 25);
            cluster.end(customers);
            cluster.awaitEnd(customers);
            assertThat(replica.status().failures()).isEmpty();
        }
        server.start();
        Eventually.eventually(PATIENCE, () -> assertThat(uploader.pass()).isZero());

        inTheBucket().assertEachRowOnce(1_000);
        assertThat(inTheBucket().folder().resolve("metadata.json")).exists();
    }

    @Test
    @DisplayName("Credentials that were changed take effect in the middle of a run")
    void changedSettingsTakeEffect() throws Exception {
        Map<String, String> wrong = new HashMap<>(server.settings(EmbeddedS3.BUCKET));
        wrong.put("secret_access_key", "revoked");
        cluster.publishBucket(bucket, wrong, CIPHER);
        Uploader uploader = stores.uploader();
        try (Replica replica = replica()) {
            cluster.start(customers);
            cluster.rows(customers, 0, 400, 25);
            Eventually.eventually(PATIENCE, () -> assertThat(replica.status().bucketTroubles())
                    .containsKey(bucket));
            assertThat(troubles.all().get(bucket).reason()).contains("TRACKING_BUCKET_DENIED");

            cluster.publishBucket(bucket, server.settings(EmbeddedS3.BUCKET), CIPHER);
            cluster.rows(customers, 400, 400, 25);
            cluster.end(customers);
            cluster.awaitEnd(customers);
            Eventually.eventually(PATIENCE, () -> assertThat(uploader.pass()).isZero());
        }
        inTheBucket().assertEachRowOnce(800);
    }

    @Test
    @DisplayName(
            "A bucket that is forgotten while files wait for it: they go to the platform's storage, nothing is lost")
    void aForgottenBucketLosesNothing() throws Exception {
        server.kill();
        Uploader uploader = stores.uploader();
        try (Replica replica = replica()) {
            cluster.start(customers);
            cluster.rows(customers, 0, 400, 25);
            Eventually.eventually(
                    PATIENCE, () -> assertThat(cluster.progress(customers)).isEqualTo(400));

            cluster.forgetBucket(bucket);
            Eventually.eventually(PATIENCE, () -> assertThat(uploader.pass()).isZero());
            cluster.rows(customers, 400, 400, 25);
            cluster.end(customers);
            cluster.awaitEnd(customers);
            assertThat(replica.status().failures()).isEmpty();
        }
        new RunFiles(folder, customers).assertEachRowOnce(800);
    }

    @Test
    @DisplayName("The platform's own storage may be a bucket in S3")
    void thePlatformsStorageInS3() throws Exception {
        S3Storage storage = S3Storage.open(new S3Settings(
                EmbeddedS3.BUCKET,
                "us-east-1",
                new S3Settings.Keys(EmbeddedS3.ACCESS_KEY, new Secret(EmbeddedS3.SECRET_KEY)),
                Optional.of(URI.create(server.url())),
                true,
                Optional.empty()));
        try (Replica replica = new Replica(cluster.settings("one"), storage, Replica.SMALL_FILES)) {
            cluster.start(others);
            cluster.rows(others, 0, 800, 25);
            cluster.end(others);
            cluster.awaitEnd(others);
            assertThat(replica.status().failures()).isEmpty();
        }
        new RunFiles(server.folder(EmbeddedS3.BUCKET), others).assertEachRowOnce(800);
    }

    private Replica replica() {
        return new Replica(cluster.settings("one"), stores, troubles, Replica.SMALL_FILES);
    }
}
