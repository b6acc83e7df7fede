package io.sluice.loader.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.Topics;
import io.sluice.loader.config.LoaderConfig;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.retry.TimeSource;
import io.sluice.loader.run.LoadMetricsFactory;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.ConsumedRecords;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the loader together when the process starts, and takes it apart when it stops. */
@ApplicationScoped
public class LoaderService {
    private static final Logger LOG = LoggerFactory.getLogger(LoaderService.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final LoaderConfig config;
    private final KafkaClients clients;
    private final SettingsCipher cipher;
    private final LoadMetricsFactory metrics;
    private volatile Running running;
    private volatile Thread starter;

    /** What runs, and must be closed. */
    private record Running(
            LaneManager lanes,
            RunPlans plans,
            CancelWatch cancels,
            ProgressEvents progress,
            ParkedMessages parked,
            ConsumedRecords consumed) {}

    public LoaderService(LoaderConfig config, KafkaSettings kafka, SecretSettings secret, LoadMetricsFactory metrics) {
        this.config = config;
        this.clients = new KafkaClients(kafka);
        this.cipher = new SettingsCipher(secret.key());
        this.metrics = metrics;
    }

    /** Starts in the background: Kafka may come later than this process. */
    void onStart(@Observes StartupEvent event) {
        // a wrong selector must stop the process at once, with its message
        LaneSelector selector = new LaneSelector(config.destinations());
        ConnectorCatalog catalog = new ConnectorCatalog(Thread.currentThread().getContextClassLoader());
        LOG.info(
                "destination connectors: {}",
                catalog.destinations().stream()
                        .map(connector -> connector.descriptor().type())
                        .toList());
        starter = Thread.ofPlatform().daemon().name("loader-start").start(() -> begin(selector, catalog));
    }

    private void begin(LaneSelector selector, ConnectorCatalog catalog) {
        try {
            ensureTopics();
            CancelWatch cancels = new CancelWatch(clients);
            cancels.start();
            RunPlans plans = new RunPlans(clients);
            ProgressEvents progress = new ProgressEvents(clients.producer());
            ParkedMessages parked = new ParkedMessages(clients);
            LaneEnvironment environment = new LaneEnvironment(
                    clients,
                    new KafkaPlans(plans),
                    cancels,
                    progress,
                    parked,
                    settings(),
                    TimeSource.system(),
                    LaneHooks.NONE);
            LaneManager lanes =
                    new LaneManager(selector, new ConnectionConfigs(clients), cipher, catalog, metrics, environment);
            ConsumedRecords consumed = ConsumedRecords.start(clients, () -> readings(lanes));
            running = new Running(lanes, plans, cancels, progress, parked, consumed);
            if (!cancels.awaitCaughtUp(CATCH_UP)) {
                LOG.warn("the run commands could not be read to their end yet; cancelled runs may go on for a while");
            }
            lanes.start();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<ConsumedRecords.Reading> readings(LaneManager lanes) {
        return lanes.statuses().stream()
                .map(LaneStatus::destinationId)
                .map(id -> new ConsumedRecords.Reading(Lane.group(id), Topics.operations(id)))
                .toList();
    }

    private void ensureTopics() throws InterruptedException {
        TopicProvisioner provisioner = new TopicProvisioner(clients);
        while (true) {
            try {
                provisioner.ensureAll();
                return;
            } catch (RuntimeException notYet) {
                LOG.warn("waiting for Kafka: {}", notYet.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    private LaneSettings settings() {
        LoaderConfig.Retry retry = config.retry();
        RetryPolicy policy =
                new RetryPolicy(retry.maximumRetries(), retry.baseDelay(), retry.maximumDelay(), retry.longestWait());
        return new LaneSettings(
                policy,
                config.callsPerSecond(),
                config.stretchBytes(),
                config.revokePatience(),
                LaneSettings.RETIRE_AFTER);
    }

    /** Whether lanes can come and go. */
    public boolean started() {
        Thread starting = starter;
        return running != null && starting != null && !starting.isAlive();
    }

    /** How the lanes are; empty before the start. */
    public List<LaneStatus> lanes() {
        Running now = running;
        return now == null ? List.of() : now.lanes().statuses();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
        }
        Running now = running;
        if (now != null) {
            now.consumed().close();
            now.lanes().close(STOP_PATIENCE, false);
            now.cancels().close();
            now.plans().close();
            now.progress().close();
            now.parked().close();
        }
    }
}
