package io.sluice.tracking.kafka;

import io.sluice.bucket.LocalFolderStorage;
import io.sluice.tracking.QuietLogs;
import io.sluice.tracking.ledger.CutPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A replica in a process of its own, to be killed: arguments are bootstrap servers, registry URL and bucket folder. */
final class TrackingProcess {
    private static final CutPolicy FILES = new CutPolicy(2_000, 8 << 20, 64, Duration.ofMillis(200));

    private TrackingProcess() {}

    public static void main(String[] arguments) throws Exception {
        QuietLogs.hush();
        TestKafkaSettings settings =
                new TestKafkaSettings(arguments[0], arguments[1], OutcomesCluster.PARTITIONS, Optional.of("killed"));
        try (Replica replica = new Replica(settings, LocalFolderStorage.open(Path.of(arguments[2])), FILES)) {
            new CountDownLatch(1).await();
        }
    }
}
