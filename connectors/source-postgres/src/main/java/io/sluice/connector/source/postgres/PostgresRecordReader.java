package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.connector.source.postgres.json.RowEncoder;
import io.sluice.connector.source.postgres.json.RowTooLargeException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;

/** One read: if need be a search for duplicated identifiers, then one COPY, both in the session's snapshot. */
final class PostgresRecordReader implements RecordReader {
    private final Session session;
    private final ReadStatements statements;
    private final boolean unique;
    private final Optional<String> mark;
    private final Consumer<PostgresRecordReader> whenClosed;
    private final SourceSettings settings;
    private final ReadPulse pulse = new ReadPulse();
    private volatile boolean streaming;

    /**
     * @param session this reader's alone; closed with it
     * @param unique whether the identifier is proven to be unique
     * @param mark the growing column's present maximum, if it was asked for
     * @param settings where the session came from
     * @param whenClosed told when the session is given back
     */
    PostgresRecordReader(
            Session session,
            ReadStatements statements,
            boolean unique,
            Optional<String> mark,
            SourceSettings settings,
            Consumer<PostgresRecordReader> whenClosed) {
        this.settings = settings;
        this.session = session;
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
        try (InterruptWatch watch = InterruptWatch.over(session);
                StallWatch stall = StallWatch.over(settings.server(), session, pulse, settings.silence())) {
            read(sink, stall);
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

    private void read(RecordSink sink, StallWatch stall) throws SQLException, ConnectorException {
        try {
            session.waitForEver();
            if (!Thread.currentThread().isInterrupted()) {
                stream(sink);
            }
        } catch (SQLException failure) {
            if (stall.gaveUp()) {
                throw SourceErrors.silent(settings.silence());
            }
            throw failure;
        }
    }

    private void stream(RecordSink sink) throws SQLException {
        pulse.waiting();
        Road road = road();
        pulse.heard();
        RowEncoder encoder = new RowEncoder(
                statements.columns().stream().map(ResultColumn::name).toList(),
                statements.columns().stream()
                        .map(column -> column.encoding().encoder())
                        .toList(),
                statements.columns().indexOf(statements.identifier()),
                road.marked());
        pulse.waiting();
        CopyOut copy = session.copyOut(road.copy());
        pulse.heard();
        Thread reader = Thread.currentThread();
        for (byte[] message = next(copy); message != null; message = next(copy)) {
            SourceRow row = encoder.encode(message);
            if (row != null && (!sink.accept(row) || reader.isInterrupted())) {
                session.cancel();
                return;
            }
        }
    }

    private byte[] next(CopyOut copy) throws SQLException {
        pulse.waiting();
        byte[] message = copy.readFromCopy();
        pulse.heard();
        return message;
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
