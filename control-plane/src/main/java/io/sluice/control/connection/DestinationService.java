package io.sluice.control.connection;

import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.control.connection.Destinations.DestinationChange;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.util.Map;
import java.util.Optional;

/** Creates, changes and tests destinations. A destination whose connection test fails is not saved. Thread-safe. */
public final class DestinationService {
    private final Destinations destinations;
    private final ConnectorCatalog connectors;
    private final ConnectorCalls calls;
    private final Announcements announcements;

    public DestinationService(
            Destinations destinations, ConnectorCatalog connectors, ConnectorCalls calls, Announcements announcements) {
        this.destinations = destinations;
        this.connectors = connectors;
        this.calls = calls;
        this.announcements = announcements;
    }

    /**
     * Makes a destination from {@code service_connection} of the body.
     *
     * @throws ApiException when the form is wrong or the system cannot be reached with these credentials
     */
    public Destination create(long workspaceId, FormReader body) {
        Problems problems = body.problems();
        Optional<FormReader> form = body.requiredObject("service_connection");
        problems.throwIfAny();
        FormReader connection = form.orElseThrow();
        Optional<String> name = connection.requiredText("name");
        Optional<String> type = connection.text("type").or(() -> body.text("type"));
        if (type.isEmpty()) {
            connection.missing("type");
        }
        Optional<DestinationConnector> connector = type.flatMap(word -> connector(connection, word));
        Optional<Credentials> credentials = connector.map(known -> {
            SettingsForm settings = known.descriptor().settings();
            Map<String, Object> raw = SettingsCheck.raw(connection).orElse(Map.of());
            Credentials given = Credentials.given(settings, raw);
            SettingsCheck.note(settings, given, connection, problems);
            return given;
        });
        problems.throwIfAny();
        TestedSettings tested = test(connector.orElseThrow(), credentials.orElseThrow(), connection);
        Destination destination = destinations.create(
                workspaceId, name.orElseThrow(), connector.get().descriptor().type(), tested);
        announcements.publish();
        return destination;
    }

    /**
     * Changes a destination by {@code service_connection} of the body; credentials are merged and tested again.
     *
     * @throws ApiException when it does not exist, the form is wrong or the new credentials do not work
     */
    public Destination update(long workspaceId, long destinationId, FormReader body) {
        Destination destination = get(workspaceId, destinationId);
        Problems problems = body.problems();
        Optional<FormReader> form = body.requiredObject("service_connection");
        problems.throwIfAny();
        FormReader connection = form.orElseThrow();
        connection
                .text("type")
                .filter(given -> !given.equals(destination.type()))
                .ifPresent(given -> problems.add(
                        ErrorCode.IMMUTABLE,
                        connection.place("type"),
                        connection.place("type") + " cannot be changed from '" + destination.type() + "'"));
        DestinationConnector connector = connectors
                .destination(destination.type())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.UNKNOWN_CONNECTOR_TYPE,
                        "This installation no longer has the connector '" + destination.type() + "'"));
        Optional<Map<String, Object>> patch = SettingsCheck.raw(connection).filter(raw -> !raw.isEmpty());
        Optional<Credentials> merged = patch.map(raw -> {
            SettingsForm settings = connector.descriptor().settings();
            Credentials all = credentials(destination).merge(settings, raw);
            SettingsCheck.note(settings, all, connection, problems);
            return all;
        });
        problems.throwIfAny();
        Optional<TestedSettings> tested = merged.map(credentials -> test(connector, credentials, connection));
        Destination changed = destinations
                .update(workspaceId, destinationId, new DestinationChange(connection.text("name"), tested))
                .orElseThrow(() -> ApiException.notFound("destination", destinationId));
        announcements.publish();
        return changed;
    }

    /** Tests a destination as it is; a failure is part of the answer. */
    public Destination test(long workspaceId, long destinationId) {
        Destination destination = get(workspaceId, destinationId);
        destinations.recordTest(destinationId, calls.testDestination(destination.type(), credentials(destination)));
        return get(workspaceId, destinationId);
    }

    /**
     * A destination.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public Destination get(long workspaceId, long destinationId) {
        return destinations
                .find(workspaceId, destinationId)
                .orElseThrow(() -> ApiException.notFound("destination", destinationId));
    }

    /**
     * Removes a destination and its syncs.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public void delete(long workspaceId, long destinationId) {
        if (!destinations.delete(workspaceId, destinationId)) {
            throw ApiException.notFound("destination", destinationId);
        }
        announcements.publish();
    }

    private Credentials credentials(Destination destination) {
        return destinations
                .credentials(destination.workspaceId(), destination.id())
                .orElseThrow(() -> ApiException.notFound("destination", destination.id()));
    }

    private TestedSettings test(DestinationConnector connector, Credentials credentials, FormReader at) {
        return SettingsCheck.test(
                connector.descriptor().settings(),
                credentials,
                at,
                given -> calls.testDestination(connector.descriptor().type(), given));
    }

    private Optional<DestinationConnector> connector(FormReader form, String type) {
        Optional<DestinationConnector> connector = connectors.destination(type);
        if (connector.isEmpty()) {
            form.problems()
                    .add(
                            ErrorCode.UNKNOWN_CONNECTOR_TYPE,
                            form.place("type"),
                            "destination type '" + type + "' is unknown: see /api/v1/connectors");
        }
        return connector;
    }
}
