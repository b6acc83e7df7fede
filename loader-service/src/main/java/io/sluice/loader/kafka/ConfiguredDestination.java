package io.sluice.loader.kafka;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.loader.destination.DestinationOpener;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.secret.SettingsCipher;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Opens a destination from its latest settings in Kafka.
 *
 * @param destinationId the destination
 * @param configs the settings, encrypted
 * @param cipher decrypts them
 * @param catalog the connectors of this process
 */
record ConfiguredDestination(
        long destinationId, ConnectionConfigs configs, SettingsCipher cipher, ConnectorCatalog catalog)
        implements DestinationOpener {

    @Override
    public Opened open() throws ConnectorException {
        ConnectionConfig config = settings()
                .orElseThrow(() -> failure(
                        "CONNECTION_MISSING", "the destination has no settings: it was deleted, or never saved"));
        String type = config.getType();
        var opened = catalog.openDestination(type, decrypted(config));
        // the catalogue has just opened it by this very connector
        return new Opened(catalog.destination(type).orElseThrow().claims(), opened);
    }

    private Optional<ConnectionConfig> settings() throws ConnectorException {
        try {
            return configs.find(ConnectionKind.DESTINATION, destinationId);
        } catch (TimeoutException notKnown) {
            throw failure(
                    "SETTINGS_UNREADABLE",
                    "the destination's settings could not be read from Kafka: " + notKnown.getMessage()
                            + "; trigger the sync again when Kafka is well");
        }
    }

    private Map<String, Object> decrypted(ConnectionConfig config) throws ConnectorException {
        ByteBuffer encrypted = config.getEncryptedSettings().duplicate();
        byte[] bytes = new byte[encrypted.remaining()];
        encrypted.get(bytes);
        try {
            return cipher.decrypt(bytes, Topics.connectionKey(ConnectionKind.DESTINATION, destinationId));
        } catch (IllegalStateException otherKey) {
            throw failure("SETTINGS_UNREADABLE", otherKey.getMessage());
        }
    }

    private static ConnectorException failure(String code, String message) {
        return new ConnectorException(new ConnectorError(code, ConnectorError.Fault.CONFIGURATION, message));
    }
}
