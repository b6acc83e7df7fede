package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresCheck;
import io.sluice.connector.jdbc.PostgresCheck.SqlStep;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A PostgreSQL database. Each call and each read has a session of its own, so nothing idles between them. */
final class PostgresSourceConnection implements SourceConnection {
    private final SourceSettings settings;
    private final Set<PostgresRecordReader> reading = ConcurrentHashMap.newKeySet();

    PostgresSourceConnection(SourceSettings settings) {
        this.settings = settings;
    }

    @Override
    public ConnectionCheck check() {
        return PostgresCheck.run(
                settings.server(),
                List.of(new SqlStep("Read metadata", connection -> ObjectCatalog.list(Session.on(connection)))));
    }

    @Override
    public List<SourceObject> objects() throws ConnectorException {
        return inSession(ObjectCatalog::list);
    }

    @Override
    public List<SourceColumn> columns(SourceQuery query) throws ConnectorException {
        return inSession(session -> new RelationFinder(session)
                .find(query).columns().stream()
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
        Relation whole = new RelationFinder(session).find(request.query());
        WindowedRead windowed = request.window().isPresent()
                ? WindowedRead.of(session, whole, request.window().get())
                : WindowedRead.all(whole);
        Relation relation = windowed.relation();
        TreeMap<String, ResultColumn> byName = new TreeMap<>();
        relation.columns().forEach(column -> byName.put(column.name(), column));
        List<ResultColumn> columns = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : request.columns()) {
            ResultColumn column = byName.get(name);
            if (column == null) {
                missing.add(name);
            } else {
                columns.add(column);
            }
        }
        if (!missing.isEmpty()) {
            throw SourceErrors.columnsNotFound(missing);
        }
        ResultColumn identifier = byName.get(request.identifierColumn());
        if (identifier.encoding().comparison() == ColumnEncoding.Comparison.NONE) {
            throw SourceErrors.structuredIdentifier(identifier.name(), identifier.dataType());
        }
        boolean unique = UniqueIdentifier.isProven(session, relation, identifier);
        ReadStatements statements = new ReadStatements(relation, columns, identifier);
        return new PostgresRecordReader(session, statements, unique, windowed.mark(), settings, reading::remove);
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
    }
}
