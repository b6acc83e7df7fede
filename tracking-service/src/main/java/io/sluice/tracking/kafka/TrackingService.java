package io.sluice.tracking.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.tracking.bucket.BucketTroubles;
import io.sluice.tracking.bucket.PatientStorage;
import io.sluice.tracking.bucket.Retention;
import io.sluice.tracking.config.StorageConfig;
import io.sluice.tracking.config.TrackingConfig;
import io.sluice.tracking.facts.FactTableWriter;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.run.FileListener;
import io.sluice.tracking.run.RunFolders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts the service together when the process starts, and takes it apart when it stops. */
@ApplicationScoped
public class TrackingService {
    private static final String NAME = "tracking";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final TrackingConfig config;
    private final StorageConfig storageConfig;
    private final Clock clock = Clock.systemUTC();
    private final KafkaClients clients;
    private final TrackingStatus status;
    private final SessionSettings settings;
    private final OutcomesLoop loop;
    private final RunPlans plans;
    private final ParkedMessages parked;
    private final FileListener files;
    private final TrackingFileEncoder encoder = new TrackingFileEncoder();
    private final BucketTroubles troubles = new BucketTroubles(clock);
    private final ConfiguredBuckets buckets;
    private final DelayEvents delays;
    private final Object readLock = new Object();
    private BucketStorage readable;
    private Background background;

    public TrackingService(
            TrackingConfig config,
            StorageConfig storageConfig,
            SecretSettings secret,
            KafkaSettings kafka,
            FileListener files) {
        this.config = config;
        this.storageConfig = storageConfig;
        this.files = files;
        this.clients = new KafkaClients(kafka);
        this.buckets = new ConfiguredBuckets(new ConnectionConfigs(clients).start(), new SettingsCipher(secret.key()));
        this.delays = new DelayEvents(clients);
        this.status = new TrackingStatus(clock, troubles);
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
        new TopicProvisioner(clients).ensureAll();
        Background with = background();
        RunFolders folders = new RunFolders(with.stores(), plans::find, encoder, files, clock);
        return new OutcomesSession(clients, settings, folders, this::park, status);
    }

    /** Begins with the first session, when the topics exist, and goes on whatever becomes of sessions. */
    private synchronized Background background() throws StorageException {
        if (background == null) {
            DatedStorage platform = PlatformStorage.open(config, storageConfig);
            TrackingStores stores =
                    new TrackingStores(platform, buckets, troubles, delays, storageConfig.bucketPatience());
            background = Background.start(
                    clients,
                    stores,
                    new FactTableWriter(platform, this::patient),
                    new Retention(platform, storageConfig.retention(), clock),
                    status,
                    storageConfig);
        }
        return background;
    }

    /** Fact tables of one customer do not wait for another's bucket. */
    private Optional<BucketStorage> patient(long bucketId) throws StorageException {
        return buckets.find(bucketId).map(bucket -> new PatientStorage(bucket, storageConfig.bucketPatience()));
    }

    /**
     * The bucket a run is tracked in, for those who read.
     *
     * @param bucketId the customer's bucket; empty for the platform's storage
     * @throws StorageException when there is none, or it cannot be opened
     */
    public BucketStorage bucket(OptionalLong bucketId) throws StorageException {
        if (bucketId.isPresent()) {
            return patient(bucketId.getAsLong())
                    .orElseThrow(() -> new StorageException(
                            StorageProblem.MISSING, "bucket " + bucketId.getAsLong() + " is not configured", null));
        }
        synchronized (readLock) {
            if (readable == null) {
                readable = PlatformStorage.open(config, storageConfig);
            }
            return readable;
        }
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

    private synchronized void closeBackground() {
        if (background != null) {
            background.close();
        }
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_PATIENCE);
        closeBackground();
        buckets.close();
        delays.close();
        plans.close();
        parked.close();
    }
}
