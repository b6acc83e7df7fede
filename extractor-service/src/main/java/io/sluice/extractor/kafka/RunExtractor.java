package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.EndState;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.extractor.read.Extraction;
import io.sluice.extractor.read.RecordOutput;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.secret.SettingsCipher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one sync run's source, attempt after attempt until Kafka has taken it all. Run by one thread. */
final class RunExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(RunExtractor.class);

    private final RunPlan plan;
    private final int partitions;
    private final ConnectorCatalog connectors;
    private final ConnectionConfigs connections;
    private final SettingsCipher cipher;
    private final Supplier<RecordOutput> outputs;
    private final Duration retryPause;
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile Optional<String> canceled = Optional.empty();
    private volatile Extraction current;

    RunExtractor(
            RunPlan plan,
            int partitions,
            ConnectorCatalog connectors,
            ConnectionConfigs connections,
            SettingsCipher cipher,
            Supplier<RecordOutput> outputs,
            Duration retryPause) {
        this.plan = plan;
        this.partitions = partitions;
        this.connectors = connectors;
        this.connections = connections;
        this.cipher = cipher;
        this.outputs = outputs;
        this.retryPause = retryPause;
    }

    /** Reads until the bracket is closed; true when it is, false when the run was let go. */
    boolean run() {
        while (letGo.getCount() > 0) {
            Extraction extraction = new Extraction(plan, partitions, this::openSource, outputs.get());
            current = extraction;
            canceled.ifPresent(extraction::cancel);
            try {
                Optional<EndState> end = extraction.run();
                if (end.isPresent()) {
                    LOG.info("sync run {} extracted: {}", plan.getSyncRunId(), end.get());
                    return true;
                }
            } catch (RecordOutput.OutputFailed failed) {
                LOG.warn("sync run {} is read again: {}", plan.getSyncRunId(), failed.getMessage());
                pause();
            }
        }
        return false;
    }

    void cancel(String reason) {
        canceled = Optional.of(reason);
        Extraction running = current;
        if (running != null) {
            running.cancel(reason);
        }
    }

    /** Another replica takes over, or this process ends. */
    void letGo() {
        letGo.countDown();
        Extraction running = current;
        if (running != null) {
            running.abandon();
        }
    }

    private void pause() {
        try {
            letGo.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            letGo.countDown();
        }
    }

    private Optional<ConnectionConfig> settings(long sourceId) throws ConnectorException {
        try {
            return connections.find(ConnectionKind.SOURCE, sourceId);
        } catch (TimeoutException notKnown) {
            throw new ConnectorException(
                    new ConnectorError(
                            "SETTINGS_UNREADABLE",
                            ConnectorError.Fault.EXTERNAL,
                            "The settings of the source could not be read from Kafka: " + notKnown.getMessage()
                                    + ". Trigger the sync again when Kafka is well."),
                    notKnown);
        }
    }

    private SourceConnection openSource() throws ConnectorException {
        long sourceId = plan.getSource().getConnectionId();
        ConnectionConfig config = settings(sourceId)
                .orElseThrow(() -> new ConnectorException(new ConnectorError(
                        "SOURCE_DELETED",
                        ConnectorError.Fault.CONFIGURATION,
                        "source " + sourceId + " no longer exists; point the sync at another one")));
        ByteBuffer encrypted = config.getEncryptedSettings();
        byte[] bytes = new byte[encrypted.remaining()];
        encrypted.duplicate().get(bytes);
        return connectors.openSource(
                config.getType(), cipher.decrypt(bytes, Topics.connectionKey(ConnectionKind.SOURCE, sourceId)));
    }
}
