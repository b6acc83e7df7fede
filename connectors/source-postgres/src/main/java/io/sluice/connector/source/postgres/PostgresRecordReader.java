package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.connector.source.postgres.json.RowEncoder;
import io.sluice.connector.source.postgres.json.RowTooLargeException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;

/** One read: if need be a search for duplicated identifiers, then one COPY, both in the session's snapshot. */
final class PostgresRecordReader implements RecordReader {
    private final Session session;
    private final ReadStatements statements;
    private final boolean unique;
    private final Consumer<PostgresRecordReader> whenClosed;
    private volatile boolean streaming;

    /**
     * @param session this reader's alone; closed with it
     * @param unique whether the identifier is proven to be unique
     * @param whenClosed told when the session is given back
     */
    PostgresRecordReader(
            Session session, ReadStatements statements, boolean unique, Consumer<PostgresRecordReader> whenClosed) {
        this.session = session;
        this.statements = statements;
        this.unique = unique;
        this.whenClosed = whenClosed;
    }

    @Override
    public void read(RecordSink sink) throws ConnectorException {
        streaming = true;
        try (InterruptWatch watch = InterruptWatch.over(session)) {
            if (!Thread.currentThread().isInterrupted()) {
                stream(sink);
            }
        } catch (SQLException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new ConnectorException(PostgresErrors.working(failure), failure);
            }
        } catch (RowTooLargeException tooLarge) {
            throw SourceErrors.rowTooLarge();
        } finally {
            streaming = false;
        }
    }

    private void stream(RecordSink sink) throws SQLException {
        Road road = road();
        RowEncoder encoder = new RowEncoder(
                statements.columns().stream().map(ResultColumn::name).toList(),
                statements.columns().stream()
                        .map(column -> column.encoding().encoder())
                        .toList(),
                statements.columns().indexOf(statements.identifier()),
                road.marked());
        CopyOut copy = session.copyOut(road.copy());
        Thread reader = Thread.currentThread();
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
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
