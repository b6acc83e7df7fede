package io.sluice.extractor.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.extractor.config.ExtractorConfig;
import io.sluice.extractor.known.KnownRowsFolder;
import io.sluice.extractor.read.DifferPace;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the extractor with the application. */
@Singleton
public class ExtractorLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ExtractorLifecycle.class);

    /** Consumer group of the extractors. */
    static final String GROUP = "sluice.extractor";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);
    private static final Duration DIFFER_STANDSTILL = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final ExtractorConfig config;
    private final SettingsCipher cipher;
    private final ConnectorCatalog connectors =
            new ConnectorCatalog(Thread.currentThread().getContextClassLoader());
    private KnownRowsFolder known;
    private RunPlans plans;
    private ConnectionConfigs connections;
    private ParkedMessages parked;
    private KafkaProducer<String, SpecificRecord> producer;
    private Admin admin;
    private DifferPace pace;
    private CommandLoop loop;
    private Thread thread;
    private FactTablesWriter facts;
    private StateCommitter committer;
    private Thread committing;

    public ExtractorLifecycle(
            KafkaSettings kafka, SecretSettings secrets, ExtractorConfig config, MeterRegistry registry) {
        this.clients = new KafkaClients(kafka);
        this.cipher = new SettingsCipher(secrets.key());
        this.config = config;
        registry.gauge("sluice.extractor.loop.idle.seconds", this, ExtractorLifecycle::idleSeconds);
    }

    void start(@Observes StartupEvent event) {
        new TopicProvisioner(clients).ensureAll();
        known = new KnownRowsFolder(config.knownRowsDirectory());
        plans = new RunPlans(clients);
        connections = new ConnectionConfigs(clients);
        facts = new FactTablesWriter(clients, connections, sources());
        connections.start();
        parked = new ParkedMessages(clients);
        producer = clients.producer(Map.of(
                ProducerConfig.BUFFER_MEMORY_CONFIG, 48L << 20,
                ProducerConfig.BATCH_SIZE_CONFIG, 512 << 10,
                ProducerConfig.LINGER_MS_CONFIG, 5));
        admin = clients.admin();
        pace = new DifferPace(new DifferPlaces(admin), config.rowsAhead(), () -> loop.runs(), DIFFER_STANDSTILL);
        int partitions = producer.partitionsFor(Topics.SOURCE_RECORDS).size();
        loop = new CommandLoop(
                () -> clients.consumer(GROUP, Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1)),
                runId -> extractor(runId, partitions),
                parked,
                config.parallelRuns());
        commitLeftStates();
        thread = Thread.ofPlatform().name("run-commands").start(loop);
    }

    private Optional<RunExtractor> extractor(long runId, int partitions) {
        Optional<RunPlan> plan = plans.find(runId);
        if (plan.isEmpty()) {
            LOG.error("sync run {} has no plan and fails", runId);
            MissingPlan.report(producer, runId, partitions);
        }
        plan.filter(found -> found.getStateMode() == PlannedStateMode.WAREHOUSE)
                .ifPresent(found -> commitStates(found.getStartedAt()));
        return plan.map(found -> new RunExtractor(
                found,
                partitions,
                sources(),
                new OutcomeRedo(clients, plans::find, new SourceStateWriter(sources(), config.commitPatience())),
                () -> new KafkaRecordOutput(producer, pace),
                known,
                config.retryPause()));
    }

    private SourceOpening sources() {
        return new SourceOpening(connectors, connections, cipher);
    }

    /** Where no source keeps its own state, nobody reads outcomes for it; where one ever did, a crash may have left some. */
    private void commitLeftStates() {
        try (Admin admin = clients.admin()) {
            boolean known = !admin.listConsumerGroupOffsets(StateCommitter.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .isEmpty();
            if (known) {
                commitStates(Instant.now());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.warn("cannot see whether outcomes wait to be saved, looking for them: {}", unknown.toString());
            commitStates(Instant.now());
        }
    }

    private synchronized void commitStates(Instant since) {
        if (committer == null) {
            committer = new StateCommitter(
                    clients,
                    plans::find,
                    new SourceStateWriter(sources(), config.commitPatience()),
                    producer,
                    parked,
                    since);
            committing = Thread.ofPlatform().name("state-committer").start(committer);
        }
    }

    /** Whether commands are taken. */
    public boolean ready() {
        return loop != null && loop.ready();
    }

    /** Whether the loop's thread lives. */
    public boolean alive() {
        return thread == null || thread.isAlive();
    }

    private double idleSeconds() {
        return loop == null ? 0 : loop.idleNanos() / 1e9;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (loop != null) {
            loop.stop();
            thread.join(STOP_PATIENCE);
        }
        if (committer != null) {
            committer.stop();
            committing.join(STOP_PATIENCE);
        }
        if (facts != null) {
            facts.close();
        }
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
        if (parked != null) {
            parked.close();
        }
        if (connections != null) {
            connections.close();
        }
        if (plans != null) {
            plans.close();
        }
    }
}
