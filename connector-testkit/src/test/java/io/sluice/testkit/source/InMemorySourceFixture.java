package io.sluice.testkit.source;

import io.sluice.connector.source.SourceConnector;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testkit.BrokenSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The in-memory source as a connector's author would present it. */
final class InMemorySourceFixture implements SourceFixture {
    private final Tables tables = new Tables();
    private final SourceConnector connector;
    private int made;

    InMemorySourceFixture(Set<SourceLie> lies) {
        this.connector = new InMemorySource(tables, lies);
    }

    @Override
    public SourceConnector connector() {
        return connector;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("password", "right");
    }

    @Override
    public TestTable createTable(List<TestRow> rows) {
        TestTable table = newTable();
        tables.put(table.object().name(), rows);
        return table;
    }

    @Override
    public TestTable createLargeTable(long rows, int nameLength) {
        TestTable table = newTable();
        tables.generate(table.object().name(), rows, nameLength);
        return table;
    }

    private TestTable newTable() {
        return new TestTable(new SourceObject(InMemorySource.CATALOG, InMemorySource.SCHEMA, "table" + ++made));
    }

    @Override
    public void insert(TestTable table, List<TestRow> rows) {
        List<TestRow> all = new ArrayList<>(tables.get(table.object().name()));
        all.addAll(rows);
        tables.put(table.object().name(), all);
    }

    @Override
    public void deleteAll(TestTable table) {
        tables.put(table.object().name(), List.of());
    }

    @Override
    public Optional<SourceQuery> queryOf(TestTable table) {
        return Optional.of(
                new SourceQuery.Sql(InMemorySource.ALL_OF + table.object().name()));
    }

    @Override
    public List<String> invalidQueries(TestTable table) {
        return List.of("nonsense", InMemorySource.ALL_OF + "nothing");
    }

    @Override
    public List<BrokenSettings> brokenSettings() {
        return List.of(new BrokenSettings("wrong word", Map.of("password", "wr0ng"), "AUTHENTICATION_FAILED", "wr0ng"));
    }

    @Override
    public OptionalLong openSessions() {
        return OptionalLong.of(tables.sessions().get());
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
