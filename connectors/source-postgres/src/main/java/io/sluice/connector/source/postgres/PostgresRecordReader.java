package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.connector.source.postgres.json.RowEncoder;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;

/** One read: if need be a search for duplicated identifiers, then one COPY, both in the session's snapshot. */
final class PostgresRecordReader implements RecordReader {
    private final WatchedRead watched;
    private final Session session;
    private final ReadStatements statements;
    private final boolean unique;
    private final Optional<String> mark;
    private final Consumer<PostgresRecordReader> whenClosed;
    private volatile boolean streaming;

    /**
     * @param watched the read; its session is this reader's alone, and closed with it
     * @param unique whether the identifier is proven to be unique
     * @param mark the growing column's present maximum, if it was asked for
     * @param whenClosed told when the session is given back
     */
    PostgresRecordReader(
            WatchedRead watched,
            ReadStatements statements,
            boolean unique,
            Optional<String> mark,
            Consumer<PostgresRecordReader> whenClosed) {
        this.watched = watched;
        this.session = watched.session();
        this.statements = statements;
        this.unique = unique;
        this.mark = mark;
        this.whenClosed = whenClosed;
    }

    @Override
    public Optional<String> highWaterMark() {
        return mark;
    }

    @Override
    public void read(RecordSink sink) throws ConnectorException {
        streaming = true;
        try {
            watched.run(() -> stream(sink));
        } finally {
            streaming = false;
        }
    }

    private void stream(RecordSink sink) throws SQLException {
        Road road = watched.asked(this::road);
        RowEncoder encoder = new RowEncoder(
                statements.columns().stream().map(ResultColumn::name).toList(),
                statements.columns().stream()
                        .map(column -> column.encoding().encoder())
                        .toList(),
                statements.columns().indexOf(statements.identifier()),
                road.marked());
        CopyOut copy = watched.asked(() -> session.copyOut(road.copy()));
        Thread reader = Thread.currentThread();
        for (byte[] message = watched.next(copy); message != null; message = watched.next(copy)) {
            SourceRow row = encoder.encode(message);
            if (row != null && (!sink.accept(row) || reader.isInterrupted())) {
                session.cancel();
                return;
            }
        }
    }

    /** The COPY to run, and whether its tuples end with the mark of duplicates. */
    private record Road(String copy, boolean marked) {}

    private Road road() throws SQLException {
        if (unique) {
            return new Road(statements.copyPlain(), false);
        }
        if (!statements.relation().repeatable()) {
            return new Road(statements.copyMarkedOnce(), true);
        }
        return session.ask(statements.anyDuplicates())
                ? new Road(statements.copyMarked(), true)
                : new Road(statements.copyPlain(), false);
    }

    @Override
    public void close() {
        if (streaming) {
            session.kill();
        } else {
            session.close();
        }
        whenClosed.accept(this);
    }
}
