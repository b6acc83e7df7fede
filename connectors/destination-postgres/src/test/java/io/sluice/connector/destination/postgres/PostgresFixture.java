package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.DestinationConnector;
import io.sluice.embedded.EmbeddedPostgres;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.record.Value;
import io.sluice.testkit.BrokenSettings;
import io.sluice.testkit.destination.DestinationFixture;
import io.sluice.testkit.destination.RefusedValue;
import io.sluice.testkit.destination.StoredRecord;
import io.sluice.testkit.destination.TestLookup;
import io.sluice.testkit.destination.TestObject;
import io.sluice.testsupport.Parts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of its own, because the contract kills it. */
final class PostgresFixture implements DestinationFixture {
    private final EmbeddedPostgres server = Parts.ownPostgres();
    private final PostgresDatabase database;
    private int objects;

    PostgresFixture() throws SQLException {
        server.start();
        database = server.ensureDatabase("contract", "loader", "s3cret-pässword");
        // Test servers commit lazily to be fast; this one is killed, and what was committed must be there again.
        execute("alter database contract set synchronous_commit = on");
    }

    @Override
    public DestinationConnector connector() {
        return new PostgresDestinationConnector();
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(TestDatabase.settings(database));
        settings.put("client_connections", 4);
        return settings;
    }

    @Override
    public TestObject createObject() throws SQLException {
        String table = "Objects " + ++objects;
        execute("create table \"" + table
                + "\" (\"the key\" text primary key, words text, amount numeric, \"on\" bool)");
        return new TestObject("public." + table, "the key", "words", "amount", "on");
    }

    @Override
    public Optional<TestLookup> createLookup() throws SQLException {
        TestObject object = createObject();
        String table = object.name().substring("public.".length());
        String words = table + " of words";
        execute("create table \"" + words + "\" (\"the key\" text primary key, \"a word\" text)");
        execute("insert into \"" + words
                + "\" values ('k1', 'one'), ('k2', 'two'), ('k3', 'twice'), ('k4', 'twice'), ('one', 'it''s')");
        execute("alter table \"" + table + "\" add foreign key (words) references \"" + words + "\"");
        return Optional.of(new TestLookup(
                object, "public." + words, "a word", Map.of("one", "k1", "two", "k2", "it's", "one"), "twice", "k1"));
    }

    @Override
    public List<StoredRecord> contents(TestObject object) throws SQLException {
        List<StoredRecord> contents = new ArrayList<>();
        String table = object.name().substring("public.".length());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
            while (rows.next()) {
                Map<String, Value> values = new HashMap<>();
                values.put(object.identifier(), Value.ofText(rows.getString(1)));
                values.put(object.text(), Value.ofText(rows.getString(2)));
                String number = rows.getString(3);
                values.put(object.number(), number == null ? Value.nothing() : new Value.Number(number));
                boolean flag = rows.getBoolean(4);
                values.put(object.flag(), rows.wasNull() ? Value.nothing() : Value.of(flag));
                contents.add(new StoredRecord(rows.getString(1), values));
            }
        }
        return contents;
    }

    @Override
    public Optional<RefusedValue> refusedValue(TestObject object) {
        return Optional.of(new RefusedValue(object.number(), new Value.Text("twelve")));
    }

    @Override
    public List<BrokenSettings> brokenSettings() {
        return List.of(
                broken("wrong password", "password", "wr0ng", "AUTHENTICATION_FAILED"),
                broken("wrong database", "database", "nowhere", "DATABASE_NOT_FOUND"),
                broken("wrong host", "hostname", "nowhere.invalid", "HOST_UNREACHABLE"),
                broken("nobody listens", "port", 1, "HOST_UNREACHABLE"));
    }

    @Override
    public Optional<Outage> breakDown() {
        server.kill();
        return Optional.of(server::start);
    }

    @Override
    public void close() {
        server.close();
        server.deleteData();
    }

    private BrokenSettings broken(String label, String setting, Object value, String code) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put(setting, value);
        return new BrokenSettings(
                label, settings, code, settings.get("password").toString());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
