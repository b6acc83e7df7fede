package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.SourceRow;
import io.sluice.testkit.ContractSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The suites' hands: an open connection and short ways to read. */
final class SourceBench implements AutoCloseable {
    /** All columns of a test table, as a request names them: in alphabetical order. */
    static final List<String> ALL = List.of(TestTable.ACTIVE, TestTable.AMOUNT, TestTable.ID, TestTable.NAME);

    private final SourceConnection connection;

    SourceBench(SourceFixture fixture) throws ConnectorException {
        this.connection = fixture.connector().open(ContractSettings.read(fixture.connector(), fixture.settings()));
    }

    /** A row as a test looks at it. */
    record Row(String identifier, String payload, boolean duplicate) {}

    SourceConnection connection() {
        return connection;
    }

    List<Row> readAll(SourceQuery query, String identifier) throws ConnectorException {
        return readAll(query, identifier, ALL);
    }

    List<Row> readAll(SourceQuery query, String identifier, List<String> columns) throws ConnectorException {
        List<Row> rows = new ArrayList<>();
        read(query, identifier, columns, row -> rows.add(row(row)));
        return rows;
    }

    void read(SourceQuery query, String identifier, List<String> columns, RecordSink sink) throws ConnectorException {
        try (RecordReader reader = connection.read(new ReadRequest(query, columns, identifier))) {
            reader.read(sink);
        }
    }

    static Row row(SourceRow row) {
        assertThat(row.payload()).isNotNull();
        return new Row(row.identifier(), new String(row.payload(), StandardCharsets.UTF_8), row.duplicate());
    }

    @Override
    public void close() {
        connection.close();
    }
}
