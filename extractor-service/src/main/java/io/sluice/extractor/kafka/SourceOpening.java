package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.secret.SettingsCipher;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;

/** Opens the source of a run with its credentials as they are now. Thread-safe. */
record SourceOpening(ConnectorCatalog connectors, ConnectionConfigs connections, SettingsCipher cipher) {

    SourceConnection open(RunPlan plan) throws ConnectorException {
        return open(plan.getSource().getConnectionId());
    }

    SourceConnection open(long sourceId) throws ConnectorException {
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
}
