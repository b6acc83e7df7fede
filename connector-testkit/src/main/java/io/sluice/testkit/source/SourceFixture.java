package io.sluice.testkit.source;

import io.sluice.connector.source.SourceConnector;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testkit.BrokenSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to start a source and how to fill it. One fixture serves all tests of a class, one at a time. Filling never goes
 * through the connector under test.
 */
public interface SourceFixture extends AutoCloseable {

    /** The connector under test. */
    SourceConnector connector();

    /** Raw settings that work. */
    Map<String, Object> settings();

    /** Makes a new table with these rows. */
    TestTable createTable(List<TestRow> rows) throws Exception;

    /**
     * Makes a new table with ids 1 to {@code rows}, whose names all have {@code nameLength} characters. Rows may be
     * generated while they are read.
     */
    TestTable createLargeTable(long rows, int nameLength) throws Exception;

    /** Adds rows to a table, durably. */
    void insert(TestTable table, List<TestRow> rows) throws Exception;

    /** Removes all rows of a table, durably. */
    void deleteAll(TestTable table) throws Exception;

    /** A query in the source's language that gives the same rows as the table; empty if it takes no queries. */
    Optional<SourceQuery> queryOf(TestTable table);

    /** Texts that are not one valid query; the connector must refuse each with {@code QUERY_INVALID}. */
    default List<String> invalidQueries(TestTable table) {
        return List.of();
    }

    /** Settings that must fail, for example a wrong password or a port nobody listens on. */
    default List<BrokenSettings> brokenSettings() {
        return List.of();
    }

    /** How many sessions the connector holds open in the source now, seen from the source; empty if unknown. */
    default OptionalLong openSessions() throws Exception {
        return OptionalLong.empty();
    }

    /** Stops what the fixture started. */
    @Override
    void close() throws Exception;
}
