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
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates, changes and tests sources. A source whose connection test fails is not saved. Thread-safe. */
public final class SourceService {
    /** Key of the body that says a change of the engine is meant. */
    private static final String CONFIRMATION = "confirm_sync_engine_change";

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
        Optional<WritebackSettings> writeback = connector.flatMap(
                known -> engine.map(mode -> WritebackForm.read(connection, known, mode, WritebackSettings.OFF)));
        problems.throwIfAny();
        String type = connector.orElseThrow().descriptor().type();
        TestedSettings tested = test(connector.get(), credentials.orElseThrow(), engine.orElseThrow(), connection);
        Source source = sources.create(new NewSource(
                workspaceId,
                name.orElseThrow(),
                label,
                type,
                engine.orElseThrow(),
                tested.credentials(),
                tested.details(),
                writeback.orElseThrow(),
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
        SourceConnector connector = connectorOf(source);
        Optional<StateMode> moved = movedEngine(connection, source, connector);
        StateMode engine = moved.orElse(source.engine());
        WritebackSettings writeback = WritebackForm.read(connection, connector, engine, source.writeback());
        Optional<Map<String, Object>> patch = SettingsCheck.raw(connection).filter(raw -> !raw.isEmpty());
        Optional<Credentials> merged = patch.map(raw -> {
            SettingsForm settings = connector.descriptor().settings();
            Credentials all = credentials(source).merge(settings, raw);
            SettingsCheck.note(settings, all, connection, problems);
            return all;
        });
        problems.throwIfAny();
        // another engine may need rights that the credentials never had to have
        Optional<TestedSettings> tested = merged.or(() -> moved.map(given -> credentials(source)))
                .map(credentials -> test(connector, credentials, engine, connection));
        Source changed = sources.update(
                        workspaceId,
                        sourceId,
                        new SourceChange(connection.text("name"), connection.text("label"), writeback, tested, moved))
                .orElseThrow(() -> ApiException.notFound("source", sourceId));
        announcements.publish();
        return changed;
    }

    /** Tests a source as it is; a failure is part of the answer. */
    public Source test(long workspaceId, long sourceId) {
        Source source = get(workspaceId, sourceId);
        sources.recordTest(sourceId, calls.testSource(source.type(), credentials(source), source.engine()));
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

    private TestedSettings test(SourceConnector connector, Credentials credentials, StateMode engine, FormReader at) {
        return SettingsCheck.test(
                connector.descriptor().settings(),
                credentials,
                at,
                given -> calls.testSource(connector.descriptor().type(), given, engine));
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

    /** The engine a form chooses, {@code basic} when it does not say; one that the connector has (SRC-17). */
    private static Optional<StateMode> engine(FormReader form, SourceConnector connector) {
        String word = form.text("sync_engine").orElse(StateMode.PLATFORM.wireName());
        Optional<StateMode> engine = StateMode.fromWireName(word);
        if (engine.isEmpty()) {
            form.problems()
                    .add(
                            ErrorCode.UNKNOWN_SYNC_ENGINE,
                            form.place("sync_engine"),
                            "sync engine '" + word + "' is unknown: use " + words(connector));
        } else if (!connector.supportedStateModes().contains(engine.get())) {
            form.problems()
                    .add(
                            ErrorCode.SYNC_ENGINE_NOT_AVAILABLE,
                            form.place("sync_engine"),
                            "sources of type '" + connector.descriptor().type() + "' do not have sync engine '" + word
                                    + "': use " + words(connector));
            return Optional.empty();
        }
        return engine;
    }

    private static String words(SourceConnector connector) {
        return String.join(
                " or ",
                connector.supportedStateModes().stream()
                        .sorted()
                        .map(StateMode::wireName)
                        .toList());
    }

    /**
     * The engine a source moves to; empty when it stays. State does not move along, so the next run of each sync is a full
     * sync: for clients that only repeat what they once sent, that must be meant ({@value #CONFIRMATION}).
     */
    private Optional<StateMode> movedEngine(FormReader form, Source source, SourceConnector connector) {
        String current = source.engine().wireName();
        if (form.text("sync_engine").filter(word -> !word.equals(current)).isEmpty()) {
            return Optional.empty();
        }
        Optional<StateMode> engine = engine(form, connector);
        if (!form.flag(CONFIRMATION).orElse(false)) {
            form.problems()
                    .add(
                            ErrorCode.IMMUTABLE,
                            form.place("sync_engine"),
                            form.place("sync_engine") + " cannot be changed from '" + current + "' unless "
                                    + CONFIRMATION + " is true: the next run of every sync of this source will then"
                                    + " send everything again");
        }
        if (engine.filter(StateMode.NONE::equals).isPresent()) {
            List<Long> needy = sources.syncsOf(source.id(), SyncBehavior.needingState());
            if (!needy.isEmpty()) {
                form.problems()
                        .add(
                                ErrorCode.STATE_REQUIRED,
                                form.place("sync_engine"),
                                "syncs " + needy
                                        + " of this source mirror or append, which needs state (SRC-13): delete"
                                        + " them or change their operation first");
            }
            List<Long> counting = sources.syncsCountingFailures(source.id());
            if (!counting.isEmpty()) {
                form.problems()
                        .add(
                                ErrorCode.STATE_REQUIRED,
                                form.place("sync_engine"),
                                "syncs " + counting
                                        + " of this source have max_consecutive_failures, which needs state: set it to 0"
                                        + " first");
            }
        }
        return engine;
    }

    private static void unchanged(FormReader form, String key, String current) {
        form.text(key).filter(given -> !given.equals(current)).ifPresent(given -> form.problems()
                .add(
                        ErrorCode.IMMUTABLE,
                        form.place(key),
                        form.place(key) + " cannot be changed from '" + current + "'"));
    }
}
