package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresConnections;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.jdbc.PostgresSettings;
import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRequest;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.StateId;
import io.sluice.connector.source.SyncLog;
import io.sluice.connector.source.Writeback;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of syncs in a schema of the source database. Reading happens in {@link Session}s, which cannot write; writing
 * in short transactions of their own, which touch nothing but that schema. Each call has a connection of its own.
 */
final class PostgresBookkeeping implements Bookkeeping {
    /** A slice that no partition has: when the state was forgotten last. */
    private static final int FORGOTTEN = -1;

    private static final String NOT_PERMITTED = "42501";
    private static final String READ_ONLY_SERVER = "25006";
    private static final String NO_SUCH_SCHEMA = "3F000";

    private final SourceSettings source;
    private final PostgresSettings settings;
    private final BookkeepingTables tables;
    private final WritebackStatements writeback;
    private final Set<PostgresDeltaReader> reading = ConcurrentHashMap.newKeySet();

    PostgresBookkeeping(SourceSettings source) {
        this.source = source;
        this.settings = source.server();
        this.tables = new BookkeepingTables(source.bookkeepingSchema());
        this.writeback = new WritebackStatements(new WritebackTables(source.bookkeepingSchema()));
    }

    @Override
    public boolean prepare(StateId sync, long syncRunId, boolean forget) throws ConnectorException {
        return writing(connection -> {
            makeShared(connection);
            boolean known = exists(connection, BookkeepingTables.acceptedName(sync));
            boolean dropped = known && forget && advance(connection, sync, new LogPosition(FORGOTTEN, syncRunId, 0));
            if (dropped) {
                execute(connection, tables.dropAccepted(sync));
            }
            if (!known || dropped) {
                execute(connection, tables.createAccepted(sync));
            }
            return known && !dropped;
        });
    }

    /**
     * Makes schema and shared table, asking for no right that is not needed because they are there. IF NOT EXISTS does not
     * keep two runs that begin together from making the same thing, so the second waits for the first.
     */
    void makeShared(Connection connection) throws SQLException {
        if (!isShared(connection)) {
            ask(connection, tables.lockShared(), tables.schema());
            if (!isSchema(connection)) {
                execute(connection, tables.createSchema());
            }
            execute(connection, tables.createApplied());
        }
    }

    /** Makes what is there for people to read; whether any of it was missing. */
    boolean makeWriteback(Connection connection) throws SQLException {
        if (exists(connection, WritebackTables.ENTRIES) && exists(connection, WritebackTables.LAST_MADE)) {
            return false;
        }
        ask(connection, tables.lockShared(), tables.schema());
        for (String statement : writeback.tables().create()) {
            execute(connection, statement);
        }
        return true;
    }

    private boolean isShared(Connection connection) throws SQLException {
        return isSchema(connection) && exists(connection, "applied");
    }

    private boolean isSchema(Connection connection) throws SQLException {
        return ask(
                connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)", tables.schema());
    }

    boolean exists(Connection connection, String table) throws SQLException {
        return ask(
                connection,
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
                        + " c.relnamespace WHERE n.nspname = ? AND c.relname = ?)",
                tables.schema(),
                table);
    }

    @Override
    public DeltaReader plan(DeltaRequest request) throws ConnectorException {
        Session session = Session.open(settings);
        boolean prepared = false;
        try {
            PostgresDeltaReader reader = plan(session, request);
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

    private PostgresDeltaReader plan(Session session, DeltaRequest request) throws SQLException, ConnectorException {
        PreparedRead read = PreparedRead.of(session, new RelationFinder(session, tables.schema()), request.read());
        ResultColumn identifier = read.statements().identifier();
        String spelled = identifier
                .encoding()
                .identifierText()
                .sql(read.statements().identifierName())
                .orElseThrow(() -> SourceErrors.unspelledIdentifier(identifier.name(), identifier.dataType()));
        return new PostgresDeltaReader(
                new WatchedRead(session, source, new ReadPulse()),
                new DeltaStatements(
                        read.statements(),
                        new RowFingerprint(read.statements()),
                        tables.accepted(request.sync()),
                        spelled,
                        request.scope()),
                tables.count(request.sync()),
                read,
                request.removals(),
                reading::remove);
    }

    @Override
    public void apply(StateId sync, LogPosition position, List<AcceptedChange> changes, Optional<SyncLog> log)
            throws ConnectorException {
        writing(connection -> {
            List<SyncLog.Line> fresh = log.isEmpty()
                    ? List.of()
                    : beyond(
                            position(connection, sync, position),
                            position,
                            log.get().lines());
            if (advance(connection, sync, position)) {
                move(connection, sync, position.syncRunId(), changes);
                if (!fresh.isEmpty()) {
                    makeWriteback(connection);
                    writeback.insertLines(connection, new SyncLog(log.get().ids(), fresh));
                }
            }
            return null;
        });
    }

    /** State may be applied twice, lines may not: what an earlier transaction wrote is left out. */
    private static List<SyncLog.Line> beyond(LogPosition known, LogPosition position, List<SyncLog.Line> lines) {
        return known.syncRunId() < position.syncRunId()
                ? lines
                : lines.stream().filter(line -> line.offset() > known.offset()).toList();
    }

    /** How far a slice is applied. Nobody else moves it until the transaction ends. */
    private LogPosition position(Connection connection, StateId sync, LogPosition asked) throws SQLException {
        advance(connection, sync, new LogPosition(asked.slice(), 0, -1));
        try (PreparedStatement statement = connection.prepareStatement(tables.position())) {
            statement.setLong(1, sync.workspaceId());
            statement.setLong(2, sync.syncId());
            statement.setInt(3, asked.slice());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new LogPosition(asked.slice(), row.getLong(1), row.getLong(2));
            }
        }
    }

    @Override
    public void note(StateId sync, long syncRunId, List<AcceptedChange> changes) throws ConnectorException {
        writing(connection -> {
            move(connection, sync, syncRunId, changes);
            return null;
        });
    }

    private void move(Connection connection, StateId sync, long runId, List<AcceptedChange> changes)
            throws SQLException {
        NetChanges net = NetChanges.of(changes);
        drop(connection, sync, net.dropped());
        store(connection, sync, runId, net.stored());
        doubt(connection, sync, net.doubted());
    }

    boolean advance(Connection connection, StateId sync, LogPosition position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(tables.advance())) {
            statement.setLong(1, sync.workspaceId());
            statement.setLong(2, sync.syncId());
            statement.setInt(3, position.slice());
            statement.setLong(4, position.syncRunId());
            statement.setLong(5, position.offset());
            return statement.executeUpdate() > 0;
        }
    }

    private void drop(Connection connection, StateId sync, List<String> identifiers) throws SQLException {
        if (identifiers.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(tables.drop(sync))) {
            statement.setArray(1, connection.createArrayOf("text", identifiers.toArray()));
            statement.executeUpdate();
        }
    }

    private void store(Connection connection, StateId sync, long runId, Map<String, byte[]> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(tables.store(sync))) {
            statement.setLong(1, runId);
            setPairs(statement, 2, changes);
            statement.executeUpdate();
        }
    }

    private void doubt(Connection connection, StateId sync, Map<String, byte[]> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(tables.doubt(sync))) {
            setPairs(statement, 1, changes);
            statement.executeUpdate();
        }
    }

    private static void setPairs(PreparedStatement statement, int first, Map<String, byte[]> changes)
            throws SQLException {
        Connection connection = statement.getConnection();
        Object[] fingerprints =
                changes.values().stream().map(PostgresBookkeeping::uuid).toArray();
        statement.setArray(
                first, connection.createArrayOf("text", changes.keySet().toArray()));
        statement.setArray(first + 1, connection.createArrayOf("uuid", fingerprints));
    }

    private static UUID uuid(byte[] fingerprint) {
        if (fingerprint == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(fingerprint);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Does once all that runs will do, in a transaction that is rolled back; fails when a right is missing. */
    void tryOut(Connection connection) throws SQLException, ConnectorException {
        StateId nobody = new StateId(0, 0);
        connection.rollback();
        connection.setAutoCommit(false);
        try {
            makeShared(connection);
            makeWriteback(connection);
            execute(connection, tables.createAccepted(nobody));
            advance(connection, nobody, new LogPosition(0, 0, 0));
            execute(connection, tables.dropAccepted(nobody));
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            connection.rollback();
        }
    }

    /** Work in one write transaction. */
    @FunctionalInterface
    interface Writing<T> {
        T in(Connection connection) throws SQLException;
    }

    <T> T writing(Writing<T> work) throws ConnectorException {
        Connection connection = PostgresConnections.open(settings);
        try {
            connection.setAutoCommit(false);
            T result = work.in(connection);
            connection.commit();
            return result;
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            PostgresConnections.close(connection);
        }
    }

    private ConnectorException failed(SQLException failure) {
        return switch (PostgresErrors.state(failure)) {
            case NOT_PERMITTED, READ_ONLY_SERVER, NO_SUCH_SCHEMA ->
                SourceErrors.bookkeepingNotWritable(
                        tables.schema(),
                        settings.user(),
                        PostgresErrors.working(failure).message());
            default -> new ConnectorException(PostgresErrors.working(failure), failure);
        };
    }

    private static boolean ask(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setString(index + 1, parameters[index]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    Writeback writeback() {
        return new PostgresWriteback(this, writeback);
    }

    void close() {
        reading.forEach(PostgresDeltaReader::close);
    }
}
