package io.sluice.connector.source.postgres;

import io.sluice.connector.source.SourceConnector;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testkit.BrokenSettings;
import io.sluice.testkit.source.SourceFixture;
import io.sluice.testkit.source.TestRow;
import io.sluice.testkit.source.TestTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tables in a database of its own, whose owner the connector logs in as. */
final class PostgresSourceFixture implements SourceFixture {
    private final TestDatabase database = TestDatabase.create();
    private final SourceConnector connector = new PostgresSourceConnector();
    private int tables;

    PostgresSourceFixture() throws Exception {
        database.run("CREATE SCHEMA \"odd \"\"schema\"");
    }

    @Override
    public SourceConnector connector() {
        return connector;
    }

    @Override
    public Map<String, Object> settings() {
        return database.settings();
    }

    @Override
    public TestTable createTable(List<TestRow> rows) throws Exception {
        TestTable table = newTable();
        database.run("CREATE TABLE " + sql(table) + " (id bigint, name text, amount numeric(20,2), active boolean)");
        insert(table, rows);
        return table;
    }

    @Override
    public TestTable createLargeTable(long rows, int nameLength) throws Exception {
        TestTable table = newTable();
        database.run("CREATE TABLE " + sql(table)
                + " AS SELECT i AS id, repeat('x', " + nameLength + ") AS name, 1.50::numeric(20,2) AS amount,"
                + " true AS active FROM generate_series(1, " + rows + "::bigint) AS i");
        return table;
    }

    private TestTable newTable() {
        return new TestTable(new SourceObject(database.name(), "odd \"schema", "Table " + ++tables));
    }

    @Override
    public void insert(TestTable table, List<TestRow> rows) throws Exception {
        try (PreparedStatement statement =
                database.connection().prepareStatement("INSERT INTO " + sql(table) + " VALUES (?, ?, ?, ?)")) {
            for (TestRow row : rows) {
                statement.setObject(1, row.id(), Types.BIGINT);
                statement.setString(2, row.name());
                statement.setBigDecimal(3, row.amount());
                statement.setObject(4, row.active(), Types.BOOLEAN);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public void deleteAll(TestTable table) throws Exception {
        database.run("DELETE FROM " + sql(table));
    }

    @Override
    public Optional<SourceQuery> queryOf(TestTable table) {
        return Optional.of(new SourceQuery.Sql("SELECT * FROM " + sql(table) + " -- all of it"));
    }

    @Override
    public List<String> invalidQueries(TestTable table) {
        String name = sql(table);
        return List.of(
                "",
                "SELEC 1",
                "SELECT id FROM no_such_table",
                "SELECT no_such_column FROM " + name,
                "SELECT id FROM " + name + "; DELETE FROM " + name,
                "SELECT 1 AS id) AS q; COMMIT; DELETE FROM " + name + "; SELECT * FROM (SELECT 1 AS id",
                "SELECT 1 AS id) AS q) TO STDOUT; DELETE FROM " + name + " --",
                "SELECT 1 AS id /* not closed",
                "DELETE FROM " + name,
                "DELETE FROM " + name + " RETURNING id",
                "WITH gone AS (DELETE FROM " + name + " RETURNING id) SELECT * FROM gone",
                "SELECT id INTO other FROM " + name,
                "SELECT id, name AS id FROM " + name,
                "ANALYZE SELECT 1 AS id",
                "COPY " + name + " TO STDOUT",
                "SET search_path = other");
    }

    @Override
    public List<BrokenSettings> brokenSettings() {
        return List.of(
                new BrokenSettings(
                        "wrong password",
                        database.settings(Map.of("password", "wr0ng-secret")),
                        "AUTHENTICATION_FAILED",
                        "wr0ng-secret"),
                new BrokenSettings(
                        "nobody listens",
                        database.settings(Map.of("port", freePort(), "password", "s3cret-word")),
                        "HOST_UNREACHABLE",
                        "s3cret-word"),
                new BrokenSettings(
                        "unknown host",
                        database.settings(Map.of("hostname", "no-such-host.invalid", "password", "s3cret-word")),
                        "HOST_UNREACHABLE",
                        "s3cret-word"),
                new BrokenSettings(
                        "unknown database",
                        database.settings(Map.of("database", "no_such_database")),
                        "DATABASE_NOT_FOUND",
                        "s3cret-word"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new IllegalStateException("no free port", noPort);
        }
    }

    @Override
    public OptionalLong openSessions() throws Exception {
        return OptionalLong.of(database.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'sluice'"));
    }

    private static String sql(TestTable table) {
        return "\"odd \"\"schema\".\"" + table.object().name() + "\"";
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
