package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import io.sluice.testkit.ContractSettings;
import io.sluice.testsupport.Parts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of a test class, and the connector's connection to it. */
final class TestDatabase implements AutoCloseable {
    private final PostgresDatabase database;
    private final DestinationConnection connection;

    TestDatabase() throws ConnectorException {
        this(Map.of());
    }

    TestDatabase(Map<String, ?> moreSettings) throws ConnectorException {
        database = Parts.postgres().newDatabase("destination");
        connection = open(database, moreSettings);
    }

    static DestinationConnection open(PostgresDatabase database, Map<String, ?> moreSettings)
            throws ConnectorException {
        Map<String, Object> raw = new HashMap<>(settings(database));
        raw.putAll(moreSettings);
        PostgresDestinationConnector connector = new PostgresDestinationConnector();
        return connector.open(ContractSettings.read(connector, raw));
    }

    static Map<String, Object> settings(PostgresDatabase database) {
        return Map.of(
                "hostname", database.host(),
                "port", database.port(),
                "database", database.name(),
                "user", database.user(),
                "password", database.password());
    }

    PostgresDatabase database() {
        return database;
    }

    DestinationConnection connection() {
        return connection;
    }

    void execute(String sql) {
        execute(database, sql);
    }

    void executeAsSuperuser(String sql) {
        execute(superuser(), sql);
    }

    /** The same database, as a role that may do everything. */
    PostgresDatabase superuser() {
        PostgresDatabase admin = Parts.postgres().superuser();
        return new PostgresDatabase(database.host(), database.port(), database.name(), admin.user(), admin.password());
    }

    private static void execute(PostgresDatabase as, String sql) {
        try (Connection own = as.connect();
                Statement statement = own.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** The first row of a query, as text. */
    List<String> row(String query) {
        List<List<String>> rows = rows(query);
        return rows.isEmpty() ? List.of() : rows.getFirst();
    }

    List<List<String>> rows(String query) {
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            statement.execute("set time zone 'UTC'");
            ResultSet result = statement.executeQuery(query);
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    /** One call with a writer of its own; the first field is the identifier. */
    BatchResult write(String table, OperationKind kind, List<String> fields, List<DestinationRecord> records)
            throws ConnectorException {
        try (DestinationWriter writer = connection.openWriter(plan(table, fields))) {
            return writer.write(new DestinationBatch(kind, records));
        }
    }

    static WritePlan plan(String table, List<String> fields) {
        return new WritePlan(table, fields.getFirst(), fields, 1, 2);
    }

    /** A record of texts (strings), numbers, booleans, {@code null} for SQL NULL, values, and {@link #ALONE}. */
    static DestinationRecord sent(Object... values) {
        return new DestinationRecord(
                String.valueOf(values[0]),
                Arrays.asList(Arrays.stream(values).map(TestDatabase::value).toArray(Value[]::new)));
    }

    /** Stands for a field that the record leaves alone. */
    static final Object ALONE = new Object();

    private static Value value(Object given) {
        return switch (given) {
            case null -> Value.nothing();
            case Value value -> value;
            case String text -> new Value.Text(text);
            case Boolean truth -> Value.of(truth);
            case Number number -> new Value.Number(number.toString());
            default -> null;
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}
