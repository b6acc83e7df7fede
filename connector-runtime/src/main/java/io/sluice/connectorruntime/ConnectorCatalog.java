package io.sluice.connectorruntime;

import io.sluice.connector.Connector;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The connectors on this process's class path, found by {@link ServiceLoader}: that is the only registration there is.
 * Thread-safe.
 */
public final class ConnectorCatalog {
    private final Map<String, SourceConnector> sources;
    private final Map<String, DestinationConnector> destinations;

    /** Finds connectors through the given class loader. */
    public ConnectorCatalog(ClassLoader loader) {
        this(ServiceLoader.load(SourceConnector.class, loader), ServiceLoader.load(DestinationConnector.class, loader));
    }

    /** A catalogue of the given connectors. */
    public ConnectorCatalog(Iterable<SourceConnector> sources, Iterable<DestinationConnector> destinations) {
        this.sources = byType(sources);
        this.destinations = byType(destinations);
    }

    private static <C extends Connector> Map<String, C> byType(Iterable<C> connectors) {
        Map<String, C> found = new TreeMap<>();
        for (C connector : connectors) {
            C other = found.put(connector.descriptor().type(), connector);
            if (other != null) {
                throw new IllegalStateException("two connectors of type "
                        + connector.descriptor().type() + ": "
                        + other.getClass().getName() + " and "
                        + connector.getClass().getName());
            }
        }
        return found;
    }

    /** All source connectors, by type name. */
    public Collection<SourceConnector> sources() {
        return sources.values();
    }

    /** All destination connectors, by type name. */
    public Collection<DestinationConnector> destinations() {
        return destinations.values();
    }

    /** The source connector of that type. */
    public Optional<SourceConnector> source(String type) {
        return Optional.ofNullable(sources.get(type));
    }

    /** The destination connector of that type. */
    public Optional<DestinationConnector> destination(String type) {
        return Optional.ofNullable(destinations.get(type));
    }

    /**
     * Opens a source from stored settings.
     *
     * @throws ConnectorException with code {@code CONNECTOR_MISSING} or {@code SETTINGS_INVALID}, or what the connector says
     */
    public SourceConnection openSource(String type, Map<String, ?> settings) throws ConnectorException {
        SourceConnector connector = source(type).orElseThrow(() -> missing("source", type));
        return connector.open(read(connector, settings));
    }

    /**
     * Opens a destination from stored settings.
     *
     * @throws ConnectorException with code {@code CONNECTOR_MISSING} or {@code SETTINGS_INVALID}, or what the connector says
     */
    public DestinationConnection openDestination(String type, Map<String, ?> settings) throws ConnectorException {
        DestinationConnector connector = destination(type).orElseThrow(() -> missing("destination", type));
        return connector.open(read(connector, settings));
    }

    private static ConnectionSettings read(Connector connector, Map<String, ?> settings) throws ConnectorException {
        return switch (connector.descriptor().settings().read(settings)) {
            case SettingsForm.Valid valid -> valid.settings();
            case SettingsForm.Invalid invalid ->
                throw new ConnectorException(new ConnectorError(
                        "SETTINGS_INVALID",
                        ConnectorError.Fault.CONFIGURATION,
                        String.join(
                                "; ",
                                invalid.problems().stream()
                                        .map(SettingsForm.Problem::message)
                                        .toList())));
        };
    }

    private static ConnectorException missing(String side, String type) {
        return new ConnectorException(new ConnectorError(
                "CONNECTOR_MISSING",
                ConnectorError.Fault.CONFIGURATION,
                "this service has no " + side + " connector of type " + type
                        + ": add its module to the distribution and restart"));
    }
}
