package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresConnections;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.jdbc.PostgresSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * One database session inside one REPEATABLE READ, READ ONLY transaction: everything it reads is of the same moment, and
 * nothing it runs can change the database. Used by one thread; {@link #cancel} and {@link #close} by any.
 */
final class Session implements AutoCloseable {
    private static final int OLDEST_SERVER = 12;
    private static final String DIFF_MEMORY = "64MB";

    /** Makes the text form of values independent of the role's and the server's defaults; local to the transaction. */
    private static final String DEFINE_TEXT_FORM =
            """
            SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
                   set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true),
                   set_config('extra_float_digits', '1', true), set_config('standard_conforming_strings', 'on', true),
                   set_config('synchronize_seqscans', 'off', true),
                   current_setting('server_encoding'), pg_backend_pid()""";

    private static final String ACTIVITY =
            """
            SELECT coalesce(max(CASE WHEN wait_event = 'ClientWrite' THEN wait_event ELSE coalesce(state, 'unknown') END), '')
            FROM pg_stat_activity WHERE pid = %d""";

    /**
     * What is asked before and beside a read is answered soon, or never will be. A read itself has no such limit: see
     * {@link StallWatch}.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    private final Connection connection;
    private int backend;

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session open(PostgresSettings settings) throws ConnectorException {
        Session session = new Session(PostgresConnections.open(settings, ANSWER_TIMEOUT));
        try {
            session.begin();
            return session;
        } catch (SQLException failure) {
            session.close();
            throw new ConnectorException(PostgresErrors.working(failure), failure);
        } catch (ConnectorException unusable) {
            session.close();
            throw unusable;
        }
    }

    /** Begins the transaction on a connection that is somebody else's to close. */
    static Session on(Connection connection) throws SQLException, ConnectorException {
        Session session = new Session(connection);
        session.begin();
        return session;
    }

    private void begin() throws SQLException, ConnectorException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_SERVER) {
            throw SourceErrors.versionUnsupported(major);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // For this transaction only: behind a pooler the session is not ours to change.
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try (ResultSet row = statement.executeQuery(DEFINE_TEXT_FORM)) {
                row.next();
                String encoding = row.getString(8);
                backend = row.getInt(9);
                if (encoding.equals("SQL_ASCII")) {
                    throw SourceErrors.encodingUnsupported(encoding);
                }
            }
        }
    }

    Connection connection() {
        return connection;
    }

    String database() throws SQLException {
        return connection.getCatalog();
    }

    /** The server's process that serves this session. */
    int backend() {
        return backend;
    }

    /** From now on the server may take any time for an answer. */
    void waitForEver() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    /** What the server does for another session: its state, {@code ClientWrite}, or nothing when it has ended. */
    String activityOf(int otherBackend) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ACTIVITY.formatted(otherBackend))) {
            row.next();
            return row.getString(1);
        }
    }

    /** Whether a query of one boolean says true. */
    boolean ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The number a query of one number says. */
    long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * A diff joins two large tables, and few rows come out. With the server's careful default for every query of everybody
     * the join would go through temporary files several times; so it gets memory, never less than the server gives. And the
     * planner, which cannot know that hardly a row differs, would think that handing a million of them from process to process
     * costs more than one processor alone: so that is given as free. How many processes there may be stays the server's
     * word. For this transaction only.
     */
    void tuneForDiff() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')),"
                    + " pg_size_bytes('" + DIFF_MEMORY + "')) / 1024 || 'kB', true),"
                    + " set_config('parallel_tuple_cost', '0', true)");
        }
    }

    CopyOut copyOut(String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    }

    /** Asks the server to stop what this session is doing, also if the calling thread is interrupted. Never throws. */
    void cancel() {
        // A socket cannot be opened on an interrupted virtual thread.
        boolean interrupted = Thread.interrupted();
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException unreachable) {
            abort();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the session when nothing is running in it any more; what it read is all there is to keep. */
    @Override
    public void close() {
        PostgresConnections.close(connection);
    }

    /** Ends the session at once, whatever another thread is doing with it: that thread gets an exception. */
    void kill() {
        cancel();
        abort();
    }

    /** Ends the session without a word to the server: whoever waits for an answer gets an exception. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            PostgresConnections.close(connection);
        }
    }
}
