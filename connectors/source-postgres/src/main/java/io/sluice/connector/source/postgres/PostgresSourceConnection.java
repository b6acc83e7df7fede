package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresCheck;
import io.sluice.connector.jdbc.PostgresCheck.SqlStep;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.Writeback;
import io.sluice.operation.StateMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A PostgreSQL database. Each call and each read has a session of its own, so nothing idles between them. */
final class PostgresSourceConnection implements SourceConnection {
    private final SourceSettings settings;
    private final PostgresBookkeeping bookkeeping;
    private final Set<PostgresRecordReader> reading = ConcurrentHashMap.newKeySet();

    PostgresSourceConnection(SourceSettings settings) {
        this.settings = settings;
        this.bookkeeping = new PostgresBookkeeping(settings);
    }

    @Override
    public ConnectionCheck check() {
        return check(StateMode.PLATFORM);
    }

    @Override
    public ConnectionCheck check(StateMode mode) {
        String schema = settings.bookkeepingSchema();
        List<SqlStep> steps = new ArrayList<>();
        steps.add(new SqlStep("Read metadata", connection -> ObjectCatalog.list(Session.on(connection), schema)));
        if (mode == StateMode.WAREHOUSE) {
            steps.add(new SqlStep("Write bookkeeping schema", bookkeeping::tryOut));
        }
        return PostgresCheck.run(settings.server(), steps);
    }

    @Override
    public List<SourceObject> objects() throws ConnectorException {
        return inSession(session -> ObjectCatalog.list(session, settings.bookkeepingSchema()));
    }

    @Override
    public List<SourceColumn> columns(SourceQuery query) throws ConnectorException {
        return inSession(session -> finder(session).find(query).columns().stream()
                .map(ResultColumn::toSourceColumn)
                .toList());
    }

    @Override
    public RecordReader read(ReadRequest request) throws ConnectorException {
        Session session = Session.open(settings.server());
        boolean prepared = false;
        try {
            PostgresRecordReader reader = prepare(session, request);
            reading.add(reader);
            prepared = true;
            return reader;
        } catch (SQLException failure) {
            throw new ConnectorException(PostgresErrors.working(failure), failure);
        } finally {
            if (!prepared) {
                session.close();
            }
        }
    }

    private PostgresRecordReader prepare(Session session, ReadRequest request) throws SQLException, ConnectorException {
        PreparedRead read = PreparedRead.of(session, finder(session), request);
        return new PostgresRecordReader(
                new WatchedRead(session, settings, new ReadPulse()),
                read.statements(),
                read.unique(),
                read.mark(),
                reading::remove);
    }

    private RelationFinder finder(Session session) {
        return new RelationFinder(session, settings.bookkeepingSchema());
    }

    @Override
    public Optional<Bookkeeping> bookkeeping() {
        return Optional.of(bookkeeping);
    }

    @Override
    public Optional<Writeback> writeback() {
        return Optional.of(bookkeeping.writeback());
    }

    /** Work in a session of its own. */
    @FunctionalInterface
    private interface SessionWork<T> {
        T in(Session session) throws SQLException, ConnectorException;
    }

    private <T> T inSession(SessionWork<T> work) throws ConnectorException {
        try (Session session = Session.open(settings.server())) {
            return work.in(session);
        } catch (SQLException failure) {
            throw new ConnectorException(PostgresErrors.working(failure), failure);
        }
    }

    @Override
    public void close() {
        reading.forEach(PostgresRecordReader::close);
        bookkeeping.close();
    }
}
