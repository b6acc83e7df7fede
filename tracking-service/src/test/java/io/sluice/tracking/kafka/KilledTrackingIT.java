package io.sluice.tracking.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedKafka;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.Parts;
import io.sluice.tracking.file.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed (-9) and the broker too, at random, in the middle of a run of 500,000 rows: each is found once. */
class KilledTrackingIT {
    private static final int ROWS = 500_000;
    private static final int KILLS = 12;
    private static final long RUN = 7;

    @TempDir
    Path folder;

    @Test
    void aRunSurvivesKillsOfTrackingAndOfTheBroker() throws Exception {
        Path bucket = folder.resolve("bucket");
        Random random = new Random(20261121);
        try (EmbeddedKafka kafka = Parts.ownKafka()) {
            kafka.start();
            try (OutcomesCluster cluster = new OutcomesCluster(
                    kafka.bootstrapServers(), Parts.registry().url())) {
                cluster.publishPlan(RUN);
                cluster.start(RUN);
                cluster.rows(RUN, 0, ROWS, 100);
                cluster.end(RUN);
                long tracked = 0;
                for (int kill = 0; kill < KILLS && !cluster.hasEnded(RUN); kill++) {
                    Process tracking = tracking(kafka, bucket);
                    long goal = Math.min(ROWS, tracked + 1);
                    Eventually.eventually(Duration.ofSeconds(120), () -> assertThat(cluster.progress(RUN))
                            .isGreaterThanOrEqualTo(goal));
                    // somewhere inside the next cuts; a condition to wait for would make it a chosen moment
                    tracking.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
                    tracking.destroyForcibly().waitFor();
                    tracked = cluster.progress(RUN);
                    if (kill == 1) {
                        kafka.kill();
                        kafka.start();
                    }
                }
                Process last = tracking(kafka, bucket);
                cluster.awaitEnd(RUN);
                last.destroyForcibly().waitFor();
            }
        }
        new RunFiles(bucket, RUN).assertEachRowOnce(ROWS);
        assertThat(new RunFiles(bucket, RUN).folder().resolve("metadata.json")).exists();
    }

    private Process tracking(EmbeddedKafka kafka, Path bucket) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                TrackingProcess.class.getName(),
                kafka.bootstrapServers(),
                Parts.registry().url(),
                bucket.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "killed-tracking.log").toFile()))
                .start();
    }
}
