package io.sluice.extractor.read;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.SourceRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A source whose reading is a script. */
record ScriptedSource(Consumer<RecordSink> reading) implements SourceConnection {

    /** Thrown by a script whose source goes away. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Sends this many rows of different identifiers. */
    static void rows(RecordSink sink, int count) {
        for (int i = 0; i < count; i++) {
            sink.accept(new SourceRow("id" + i, bytes("{\"id\":" + i + "}"), false));
        }
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ConnectionCheck check() {
        return new ConnectionCheck(List.of());
    }

    @Override
    public List<SourceObject> objects() {
        return List.of();
    }

    @Override
    public List<SourceColumn> columns(SourceQuery query) {
        return List.of();
    }

    @Override
    public RecordReader read(ReadRequest request) {
        return new RecordReader() {
            @Override
            public void read(RecordSink sink) throws ConnectorException {
                try {
                    reading.accept(sink);
                } catch (Broken broken) {
                    throw new ConnectorException(
                            new ConnectorError(
                                    "CONNECTION_LOST", ConnectorError.Fault.EXTERNAL, "the source went away"),
                            broken);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
