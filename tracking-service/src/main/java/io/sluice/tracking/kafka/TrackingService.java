package io.sluice.tracking.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.LocalFolderStorage;
import io.sluice.bucket.StorageException;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.run.FileListener;
import io.sluice.tracking.run.RunFolders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts the service together when the process starts, and takes it apart when it stops. */
@ApplicationScoped
public class TrackingService {
    private static final String NAME = "tracking";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final TrackingConfig config;
    private final KafkaClients clients;
    private final TrackingStatus status;
    private final SessionSettings settings;
    private final OutcomesLoop loop;
    private final RunPlans plans;
    private final ParkedMessages parked;
    private final FileListener files;
    private final TrackingFileEncoder encoder = new TrackingFileEncoder();

    public TrackingService(TrackingConfig config, KafkaSettings kafka, FileListener files) {
        Clock clock = Clock.systemUTC();
        this.config = config;
        this.files = files;
        this.clients = new KafkaClients(kafka);
        this.status = new TrackingStatus(clock);
        this.settings = SessionSettings.of(config, clock);
        this.plans = new RunPlans(clients);
        this.parked = new ParkedMessages(clients);
        this.loop = new OutcomesLoop(this::session, status, config.longestRetryPause());
    }

    /** Starts in the background: Kafka may come later than this process. */
    void onStart(@Observes StartupEvent event) {
        loop.start();
    }

    private OutcomesSession session() throws StorageException {
        encoder.check();
        BucketStorage bucket = LocalFolderStorage.open(config.localDirectory());
        new TopicProvisioner(clients).ensureAll();
        RunFolders folders = new RunFolders(bucket, plans::find, encoder, files);
        return new OutcomesSession(clients, settings, folders, this::park, status);
    }

    private void park(ConsumerRecord<byte[], byte[]> record, String reason) {
        parked.park(
                NAME,
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                record.key(),
                record.value(),
                reason);
    }

    /** How the service is. */
    public TrackingStatus status() {
        return status;
    }

    /** Whether the consumer's thread runs. */
    public boolean isConsuming() {
        return loop.isAlive();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_PATIENCE);
        plans.close();
        parked.close();
    }
}
