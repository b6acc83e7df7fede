package io.sluice.control.connection;

import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.SourceConnector;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.control.connection.Sources.NewSource;
import io.sluice.control.connection.Sources.SourceChange;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import io.sluice.operation.StateMode;
import java.util.Map;
import java.util.Optional;

/** Creates, changes and tests sources. A source whose connection test fails is not saved. Thread-safe. */
public final class SourceService {
    private final Sources sources;
    private final ConnectorCatalog connectors;
    private final ConnectorCalls calls;
    private final Announcements announcements;

    public SourceService(
            Sources sources, ConnectorCatalog connectors, ConnectorCalls calls, Announcements announcements) {
        this.sources = sources;
        this.connectors = connectors;
        this.calls = calls;
        this.announcements = announcements;
    }

    /**
     * Makes a source from {@code connection} of the body.
     *
     * @throws ApiException when the form is wrong or the system cannot be reached with these credentials
     */
    public Source create(long workspaceId, FormReader body) {
        Problems problems = body.problems();
        Optional<FormReader> form = body.requiredObject("connection");
        problems.throwIfAny();
        FormReader connection = form.orElseThrow();
        Optional<String> name = connection.requiredText("name");
        Optional<String> label = connection.text("label");
        Optional<Integer> retention = retention(connection);
        Optional<SourceConnector> connector =
                connection.requiredText("type").flatMap(type -> connector(connection, type));
        Optional<StateMode> engine = connector.flatMap(known -> engine(connection, known));
        Optional<Credentials> credentials = connector.map(known -> {
            SettingsForm settings = known.descriptor().settings();
            Map<String, Object> raw = SettingsCheck.raw(connection).orElse(Map.of());
            Credentials given = Credentials.given(settings, raw);
            SettingsCheck.note(settings, given, connection, problems);
            return given;
        });
        problems.throwIfAny();
        String type = connector.orElseThrow().descriptor().type();
        TestedSettings tested = test(connector.get(), credentials.orElseThrow(), connection);
        Source source = sources.create(new NewSource(
                workspaceId,
                name.orElseThrow(),
                label,
                type,
                engine.orElseThrow(),
                tested.credentials(),
                tested.details(),
                retention,
                tested.test()));
        announcements.publish();
        return source;
    }

    /**
     * Changes a source by {@code connection} of the body; credentials are merged and tested again.
     *
     * @throws ApiException when it does not exist, the form is wrong or the new credentials do not work
     */
    public Source update(long workspaceId, long sourceId, FormReader body) {
        Source source = get(workspaceId, sourceId);
        Problems problems = body.problems();
        Optional<FormReader> form = body.requiredObject("connection");
        problems.throwIfAny();
        FormReader connection = form.orElseThrow();
        unchanged(connection, "type", source.type());
        unchanged(connection, "sync_engine", source.engine().wireName());
        Optional<Integer> retention = retention(connection);
        Optional<Map<String, Object>> patch = SettingsCheck.raw(connection).filter(raw -> !raw.isEmpty());
        SourceConnector connector = connectorOf(source);
        Optional<Credentials> merged = patch.map(raw -> {
            SettingsForm settings = connector.descriptor().settings();
            Credentials all = credentials(source).merge(settings, raw);
            SettingsCheck.note(settings, all, connection, problems);
            return all;
        });
        problems.throwIfAny();
        Optional<TestedSettings> tested = merged.map(credentials -> test(connector, credentials, connection));
        Source changed = sources.update(
                        workspaceId,
                        sourceId,
                        new SourceChange(connection.text("name"), connection.text("label"), retention, tested))
                .orElseThrow(() -> ApiException.notFound("source", sourceId));
        announcements.publish();
        return changed;
    }

    /** Tests a source as it is; a failure is part of the answer. */
    public Source test(long workspaceId, long sourceId) {
        Source source = get(workspaceId, sourceId);
        sources.recordTest(sourceId, calls.testSource(source.type(), credentials(source)));
        return get(workspaceId, sourceId);
    }

    /**
     * A source.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public Source get(long workspaceId, long sourceId) {
        return sources.find(workspaceId, sourceId).orElseThrow(() -> ApiException.notFound("source", sourceId));
    }

    /**
     * Removes a source and its syncs.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public void delete(long workspaceId, long sourceId) {
        if (!sources.delete(workspaceId, sourceId)) {
            throw ApiException.notFound("source", sourceId);
        }
        announcements.publish();
    }

    private Credentials credentials(Source source) {
        return sources.credentials(source.workspaceId(), source.id())
                .orElseThrow(() -> ApiException.notFound("source", source.id()));
    }

    private TestedSettings test(SourceConnector connector, Credentials credentials, FormReader at) {
        return SettingsCheck.test(
                connector.descriptor().settings(),
                credentials,
                at,
                given -> calls.testSource(connector.descriptor().type(), given));
    }

    private SourceConnector connectorOf(Source source) {
        return connectors
                .source(source.type())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.UNKNOWN_CONNECTOR_TYPE,
                        "This installation no longer has the connector '" + source.type() + "'"));
    }

    private Optional<SourceConnector> connector(FormReader form, String type) {
        Optional<SourceConnector> connector = connectors.source(type);
        if (connector.isEmpty()) {
            form.problems()
                    .add(
                            ErrorCode.UNKNOWN_CONNECTOR_TYPE,
                            form.place("type"),
                            "source type '" + type + "' is unknown: see /api/v1/source_types");
        }
        return connector;
    }

    /** Advanced and stateless engines are part of the model and refused until the engine has them (SRC-16). */
    private static Optional<StateMode> engine(FormReader form, SourceConnector connector) {
        String word = form.text("sync_engine").orElse(StateMode.PLATFORM.wireName());
        Optional<StateMode> engine = StateMode.fromWireName(word);
        if (engine.isEmpty()) {
            form.problems()
                    .add(
                            ErrorCode.UNKNOWN_SYNC_ENGINE,
                            form.place("sync_engine"),
                            "sync engine '" + word + "' is unknown: use basic");
        } else if (engine.get() != StateMode.PLATFORM
                || !connector.supportedStateModes().contains(StateMode.PLATFORM)) {
            form.problems()
                    .add(
                            ErrorCode.SYNC_ENGINE_NOT_AVAILABLE,
                            form.place("sync_engine"),
                            "sync engine '" + word + "' is not available yet: use basic");
            return Optional.empty();
        }
        return engine;
    }

    private static Optional<Integer> retention(FormReader form) {
        return form.integer("warehouse_writeback_retention_in_days", 0, 36_500);
    }

    private static void unchanged(FormReader form, String key, String current) {
        form.text(key).filter(given -> !given.equals(current)).ifPresent(given -> form.problems()
                .add(
                        ErrorCode.IMMUTABLE,
                        form.place(key),
                        form.place(key) + " cannot be changed from '" + current + "'"));
    }
}
