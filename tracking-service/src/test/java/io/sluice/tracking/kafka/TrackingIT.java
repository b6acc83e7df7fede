package io.sluice.tracking.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.LocalFolderStorage;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.Stage;
import io.sluice.contract.Topics;
import io.sluice.embedded.EmbeddedKafka;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.Parts;
import io.sluice.tracking.BrokenStorage;
import io.sluice.tracking.file.DuckDb;
import io.sluice.tracking.file.RunFiles;
import io.sluice.tracking.ledger.CutPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer on a real broker and registry. */
class TrackingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EmbeddedKafka KAFKA = Parts.ownKafka();
    private static OutcomesCluster cluster;
    private static long lastRun = 100;

    @TempDir
    Path bucket;

    private LocalFolderStorage storage;
    private long run;

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
    void newRun() throws IOException {
        storage = LocalFolderStorage.open(bucket);
        run = ++lastRun;
    }

    @Test
    void aSmallRunIsTrackedAtOnce() throws Exception {
        cluster.publishPlan(run);
        try (Replica replica = replica("one", new CutPolicy(50_000, 32 << 20, 64, Duration.ofMinutes(10)))) {
            cluster.start(run);
            cluster.rows(run, 0, 400, 25);
            cluster.end(run);
            // long before the ten minutes or the 50,000 rows
            cluster.awaitEnd(run);
            assertThat(replica.status().parked()).isZero();
        }
        RunFiles files = new RunFiles(bucket, run);
        files.assertEachRowOnce(400);
        assertThat(files.ask("count(*) FILTER (status = 'succeeded' AND operation = 'upsert') || ' ' ||"
                        + " count(*) FILTER (operation = 'delete') || ' ' || count(*) FILTER (status = 'rejected') || ' ' ||"
                        + " count(*) FILTER (status = 'DUPLICATE')"))
                .isEqualTo("280 40 40 40");
        assertThat(files.folder().resolve("records_updated.0.parquet")).exists();
        assertThat(DuckDb.table(
                        """
                        SELECT status_message, len(ARRAY_AGG(identifier)) AS rejected_records
                        FROM read_parquet('%s/*.parquet', union_by_name=True)
                        WHERE status = 'rejected'
                        GROUP BY 1
                        """
                                .formatted(files.folder())))
                .isEqualTo("value too long | 40\n");
        assertThat(Files.readString(files.folder().resolve("metadata.json"))).contains("\"sync_run_id\" : " + run);
        assertThat(cluster.progress(run)).isEqualTo(400);
        assertThat(cluster.ends().stream().filter(end -> end.getSyncRunId() == run))
                .hasSize(4)
                .allMatch(end -> end.getStage() == Stage.TRACK)
                .extracting(PartitionEnded::getLoad)
                .allMatch(load -> load.getUpdatesSucceeded() == 70L);
    }

    @Test
    void metadataAndFilesAreThereWhileTheRunWorks() throws Exception {
        cluster.publishPlan(run);
        try (Replica replica = replica("one", Replica.SMALL_FILES)) {
            cluster.start(run);
            Path metadata = new RunFiles(bucket, run).folder().resolve("metadata.json");
            Eventually.eventually(PATIENCE, () -> assertThat(metadata).exists());
            cluster.rows(run, 0, 40, 10);
            Eventually.eventually(
                    PATIENCE, () -> assertThat(cluster.progress(run)).isEqualTo(40));
            new RunFiles(bucket, run).assertEachRowOnce(40);

            assertThat(cluster.hasEnded(run)).isFalse();
            cluster.end(run);
            cluster.awaitEnd(run);
            assertThat(replica.status().failures()).isEmpty();
        }
        new RunFiles(bucket, run).assertEachRowOnce(40);
    }

    @Test
    void aCrashAtEveryStepOfTheBucketLosesAndDoublesNothing() throws Exception {
        cluster.publishPlan(run);
        cluster.start(run);
        cluster.rows(run, 0, 1_600, 25);
        cluster.end(run);
        int crashes = 0;
        while (!cluster.hasEnded(run)) {
            BrokenStorage breaking = new BrokenStorage(storage).crashAfter(1 + crashes % 7, crashes % 2 == 1);
            try (Replica replica = new Replica(cluster.settings("one"), breaking, Replica.SMALL_FILES)) {
                Eventually.eventually(PATIENCE, () -> assertThat(!replica.isAlive() || cluster.hasEnded(run))
                        .isTrue());
            }
            crashes++;
        }

        assertThat(crashes).isGreaterThan(3);
        new RunFiles(bucket, run).assertEachRowOnce(1_600);
    }

    @Test
    void whileTheBucketIsAwayRowsWaitAndHealthSaysSo() throws Exception {
        cluster.publishPlan(run);
        BrokenStorage breaking = new BrokenStorage(storage);
        try (Replica replica = new Replica(cluster.settings("one"), breaking, Replica.SMALL_FILES)) {
            cluster.start(run);
            cluster.rows(run, 0, 400, 25);
            Eventually.eventually(
                    PATIENCE, () -> assertThat(cluster.progress(run)).isEqualTo(400));

            breaking.away(true);
            cluster.rows(run, 400, 400, 25);
            cluster.end(run);
            Eventually.eventually(
                    PATIENCE, () -> assertThat(replica.status().failures()).hasSize(4));
            assertThat(replica.status().failures().get(0).reason())
                    .contains("TRACKING_BUCKET_FULL", "Free or add space");
            assertThat(cluster.hasEnded(run)).isFalse();

            breaking.away(false);
            cluster.awaitEnd(run);
            Eventually.eventually(
                    PATIENCE, () -> assertThat(replica.status().failures()).isEmpty());
        }
        new RunFiles(bucket, run).assertEachRowOnce(800);
    }

    @Test
    void replicasComeAndGoInTheMiddleOfARun() throws Exception {
        cluster.publishPlan(run);
        cluster.start(run);
        try (Replica one = replica("one", Replica.SMALL_FILES)) {
            cluster.rows(run, 0, 4_000, 25);
            try (Replica two = replica("two", Replica.SMALL_FILES)) {
                cluster.rows(run, 4_000, 4_000, 25);
                Eventually.eventually(PATIENCE, () -> {
                    assertThat(one.status().lags()).isNotEmpty();
                    assertThat(two.status().lags()).isNotEmpty();
                    assertThat(one.status().lags())
                            .doesNotContainKeys(two.status().lags().keySet().toArray(Integer[]::new));
                });
                cluster.rows(run, 8_000, 2_000, 25);
                cluster.end(run);
                cluster.awaitEnd(run);
            }
        }
        new RunFiles(bucket, run).assertEachRowOnce(10_000);
    }

    @Test
    void aMessageNobodyCanReadIsParkedAndTheRunGoesOn() throws Exception {
        cluster.publishPlan(run);
        cluster.start(run);
        cluster.rows(run, 0, 40, 10);
        cluster.garbage(2);
        cluster.end(run);
        try (Replica replica = replica("one", Replica.SMALL_FILES)) {
            cluster.awaitEnd(run);
            assertThat(replica.status().parked()).isEqualTo(2);
        }
        new RunFiles(bucket, run).assertEachRowOnce(40);
        assertThat(parked("sluice.service")).contains("tracking");
        assertThat(parked("sluice.origin.topic")).contains(Topics.OUTCOMES);
        assertThat(parked("sluice.origin.partition")).contains("2");
        assertThat(parked("sluice.reason")).anyMatch(reason -> reason.contains("TRACKING_MESSAGE_UNREADABLE"));
    }

    @Test
    void rowsOfARunWithoutAPlanAreParkedAndTheRunEndsAllTheSame() throws Exception {
        cluster.start(run);
        cluster.rows(run, 0, 40, 10);
        cluster.end(run);
        long other = ++lastRun;
        cluster.publishPlan(other);
        cluster.start(other);
        cluster.rows(other, 0, 40, 10);
        cluster.end(other);
        try (Replica replica = replica("one", Replica.SMALL_FILES)) {
            cluster.awaitEnd(run);
            cluster.awaitEnd(other);
            assertThat(replica.status().parked()).isEqualTo(8);
        }
        assertThat(new RunFiles(bucket, run).folder()).doesNotExist();
        new RunFiles(bucket, other).assertEachRowOnce(40);
        assertThat(parked("sluice.reason")).anyMatch(reason -> reason.contains("TRACKING_RUN_PLAN_MISSING"));
    }

    private Replica replica(String instance, CutPolicy policy) {
        return new Replica(cluster.settings(instance), storage, policy);
    }

    private static List<String> parked(String header) {
        Map<String, Object> config = new HashMap<>(cluster.clients().consumerConfig());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition parking = new TopicPartition(Topics.PARKED, 0);
            consumer.assign(List.of(parking));
            consumer.seekToBeginning(List.of(parking));
            long end = consumer.endOffsets(List.of(parking)).get(parking);
            List<String> values = new ArrayList<>();
            while (consumer.position(parking) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Header found = record.headers().lastHeader(header);
                    values.add(new String(found.value(), StandardCharsets.UTF_8));
                }
            }
            return values;
        }
    }
}
