package io.sluice.tracking.kafka;

import io.sluice.bucket.BucketStorage;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.tracking.bucket.BucketTroubles;
import io.sluice.tracking.bucket.PlatformStore;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.ledger.CutPolicy;
import io.sluice.tracking.run.RunFolders;
import io.sluice.tracking.run.RunStores;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** A replica of the service without Quarkus: the same loop, over a bucket that may be broken on purpose. */
final class Replica implements AutoCloseable {
    static final CutPolicy SMALL_FILES = new CutPolicy(200, 1 << 20, 8, Duration.ofMillis(300));

    private final RunPlans plans;
    private final ParkedMessages parked;
    private final TrackingStatus status;
    private final OutcomesLoop loop;

    Replica(TestKafkaSettings kafka, BucketStorage bucket, CutPolicy policy) {
        this(kafka, plan -> new PlatformStore(bucket), new BucketTroubles(Clock.systemUTC()), policy);
    }

    Replica(TestKafkaSettings kafka, RunStores stores, BucketTroubles troubles, CutPolicy policy) {
        status = new TrackingStatus(Clock.systemUTC(), troubles);
        KafkaClients clients = new KafkaClients(kafka);
        plans = new RunPlans(clients);
        parked = new ParkedMessages(clients);
        SessionSettings settings =
                new SessionSettings(policy, 4000, Duration.ofSeconds(1), Duration.ofSeconds(1), Clock.systemUTC());
        RunFolders folders = new RunFolders(
                stores, plans::find, new TrackingFileEncoder(), (type, rows, bytes) -> {}, Clock.systemUTC());
        AssignedPartition.Parking parking = (record, reason) -> parked.park(
                "tracking",
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                record.key(),
                record.value(),
                reason);
        loop = new OutcomesLoop(
                () -> new OutcomesSession(clients, settings, folders, parking, status), status, Duration.ofSeconds(1));
        loop.start();
    }

    TrackingStatus status() {
        return status;
    }

    /** False once a crash was injected: the loop's thread is gone without writing or committing anything more. */
    boolean isAlive() {
        return loop.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        loop.stop(Duration.ofSeconds(20));
        plans.close();
        parked.close();
    }
}
