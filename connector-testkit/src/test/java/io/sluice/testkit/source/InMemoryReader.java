package io.sluice.testkit.source;

import static io.sluice.testkit.source.SourceLie.*;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.SourceRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one table of the in-memory source. */
final class InMemoryReader implements RecordReader {
    private final Tables tables;
    private final Set<SourceLie> lies;
    private final String table;
    private final ReadRequest request;
    private final List<TestRow> snapshot;
    private final Set<String> duplicates;
    private final Set<String> given = new HashSet<>();
    private final byte[] shared = new byte[1 << 20];
    private volatile boolean closed;
    private boolean quit;

    InMemoryReader(Tables tables, Set<SourceLie> lies, String table, ReadRequest request) {
        this.tables = tables;
        this.lies = lies;
        this.table = table;
        this.request = request;
        List<TestRow> all = tables.isGenerated(table) ? List.of() : tables.get(table);
        boolean skips = request.query() instanceof SourceQuery.Sql && lies.contains(SKIPS_ROWS_OF_QUERIES);
        this.snapshot = skips ? all.subList(0, all.size() / 2) : all;
        this.duplicates = duplicates();
        tables.sessions().incrementAndGet();
    }

    private Set<String> duplicates() {
        Set<String> seen = new HashSet<>();
        Set<String> again = new HashSet<>();
        for (TestRow row : snapshot) {
            String identifier = identifier(row);
            if (identifier != null && !seen.add(identifier)) {
                again.add(identifier);
            }
        }
        return again;
    }

    private Object identifierValue(TestRow row) {
        return request.compoundKey().isPresent()
                ? JsonWriter.compound(row, request.compoundKey().get(), lies)
                : JsonWriter.value(row, request.identifierColumn());
    }

    private String identifier(TestRow row) {
        Object value = identifierValue(row);
        if (value == null) {
            return lies.contains(NAMES_NULL_IDENTIFIERS) ? "null" : null;
        }
        String text = value.toString();
        if (lies.contains(FOLDS_CASE)) {
            text = text.toLowerCase(Locale.ROOT);
        }
        return lies.contains(TRIMS_IDENTIFIERS) ? text.strip() : text;
    }

    @Override
    public void read(RecordSink sink) throws ConnectorException {
        JsonWriter json = new JsonWriter(lies, request.columns(), request.compoundKey());
        Iterator<TestRow> rows = rows(json);
        while (rows.hasNext() && !quit) {
            if (closed) {
                if (lies.contains(ENDS_QUIETLY_WHEN_CLOSED)) {
                    return;
                }
                throw new ConnectorException(InMemorySource.error("CONNECTION_LOST", "The connection was closed."));
            }
            give(rows.next(), json, sink);
        }
    }

    private Iterator<TestRow> rows(JsonWriter json) {
        boolean live = lies.contains(SEES_CHANGES);
        Stream<TestRow> rows = tables.isGenerated(table) ? tables.stream(table) : snapshot.stream();
        if (lies.contains(KEEPS_ALL_ROWS_IN_MEMORY)) {
            return rows.peek(row -> given.add(json.write(row))).toList().iterator();
        }
        return live && !tables.isGenerated(table) ? liveRows() : rows.iterator();
    }

    /** The first row of the snapshot, then whatever the table holds by then. */
    private Iterator<TestRow> liveRows() {
        return Stream.of(0, 1)
                .flatMap(part -> part == 0 ? snapshot.stream().limit(1) : tables.get(table).stream())
                .iterator();
    }

    private void give(TestRow row, JsonWriter json, RecordSink sink) {
        String identifier = identifier(row);
        boolean isNull = identifierValue(row) == null;
        boolean again = identifier != null && duplicates.contains(identifier);
        boolean later = again && !given.add(identifier);
        if ((isNull && lies.contains(DROPS_NULL_IDENTIFIERS)) || (later && lies.contains(DROPS_DUPLICATES))) {
            return;
        }
        boolean marked = lies.contains(LEAVES_THE_FIRST_DUPLICATE_UNMARKED) ? later : again;
        marked =
                (marked && !lies.contains(MARKS_NO_DUPLICATES)) || (isNull && lies.contains(MARKS_NULLS_AS_DUPLICATES));
        boolean more = sink.accept(new SourceRow(identifier, payload(json.write(row)), marked));
        if (lies.contains(CLEARS_INTERRUPTS)) {
            quit |= Thread.interrupted();
        }
        quit |= !more && !lies.contains(IGNORES_STOP);
        quit |= Thread.currentThread().isInterrupted() && !lies.contains(IGNORES_INTERRUPTS);
    }

    private byte[] payload(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (!lies.contains(REUSES_ITS_ARRAY) || bytes.length > 200) {
            return bytes;
        }
        Arrays.fill(shared, (byte) ' ');
        System.arraycopy(bytes, 0, shared, 0, bytes.length);
        return shared;
    }

    void cut() {
        closed = true;
    }

    @Override
    public void close() {
        if (!lies.contains(LEAVES_SESSIONS_OPEN)) {
            tables.sessions().decrementAndGet();
        }
    }
}
