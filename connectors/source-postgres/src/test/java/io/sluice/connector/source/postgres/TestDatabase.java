package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.SourceRow;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Parts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of its own on the shared server, and the connector on it. */
final class TestDatabase implements AutoCloseable {
    private final PostgresDatabase database;
    private final Connection connection;

    private TestDatabase(PostgresDatabase database) throws SQLException {
        this.database = database;
        this.connection = database.connect();
    }

    static TestDatabase create() throws SQLException {
        return new TestDatabase(Parts.postgres().newDatabase("source"));
    }

    /** The same database over a new connection. */
    TestDatabase again() throws SQLException {
        return new TestDatabase(database);
    }

    Connection connection() {
        return connection;
    }

    String name() {
        return database.name();
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs as super-user, in this database. */
    void runAsSuperuser(String... statements) throws SQLException {
        PostgresDatabase admin = Parts.postgres().superuser();
        PostgresDatabase here =
                new PostgresDatabase(admin.host(), admin.port(), database.name(), admin.user(), admin.password());
        try (Connection superuser = here.connect();
                Statement statement = superuser.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    Map<String, Object> settings() {
        return settings(Map.of());
    }

    Map<String, Object> settings(Map<String, Object> changes) {
        Map<String, Object> raw = new HashMap<>(Map.of(
                "hostname", database.host(),
                "port", database.port(),
                "database", database.name(),
                "user", database.user(),
                "password", database.password()));
        raw.putAll(changes);
        return raw;
    }

    SourceConnection open() throws ConnectorException {
        return open(settings());
    }

    static SourceConnection open(Map<String, Object> raw) throws ConnectorException {
        PostgresSourceConnector connector = new PostgresSourceConnector();
        SettingsForm.Reading reading = connector.descriptor().settings().read(raw);
        assertThat(reading).isInstanceOf(SettingsForm.Valid.class);
        return connector.open(((SettingsForm.Valid) reading).settings());
    }

    SourceQuery table(String name) {
        return new SourceQuery.Table(new SourceObject(database.name(), "public", name));
    }

    /** A row as a test looks at it. */
    record Row(String identifier, String payload, boolean duplicate) {}

    List<Row> read(SourceQuery query, String identifier, String... columns) throws ConnectorException {
        List<Row> rows = new ArrayList<>();
        try (SourceConnection source = open();
                RecordReader reader = source.read(new ReadRequest(query, List.of(columns), identifier))) {
            reader.read(row -> rows.add(toRow(row)));
        }
        return rows;
    }

    private static Row toRow(SourceRow row) {
        return new Row(row.identifier(), new String(row.payload(), StandardCharsets.UTF_8), row.duplicate());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
