package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.IntConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One connection to the server, with the staging tables made over it. Staging tables are temporary: they are the
 * session's alone, are emptied at each commit, and go when it goes, however it goes.
 */
final class Session implements AutoCloseable {
    /** A session of a busy destination serves many syncs; the tables of the least recent ones are dropped. */
    private static final int MOST_STAGES = 16;

    /**
     * A session whose client has vanished without a word must not keep its locks from the one that tries again: between
     * statements there are milliseconds, and a vanished host does not answer probes.
     */
    private static final String END_WHEN_CLIENT_IS_GONE =
            "set idle_in_transaction_session_timeout = '20s'; set tcp_keepalives_idle = 30;"
                    + " set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3; ";

    private final Connection connection;
    private final SequencedMap<WriteTarget, StagedSql> stages = new LinkedHashMap<>(16, 0.75f, true);
    private int stagesMade;

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session open(DestinationSettings settings) throws ConnectorException, SQLException {
        Connection connection = PostgresConnections.open(settings.server(), settings.answerTimeout());
        Session session = new Session(connection);
        try {
            // Times without a zone mean UTC, wherever this process runs.
            session.execute(END_WHEN_CLIENT_IS_GONE + "set time zone 'UTC'; set statement_timeout = "
                    + settings.statementTimeout().toMillis());
            connection.setAutoCommit(false);
            return session;
        } catch (SQLException failure) {
            session.close();
            throw failure;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The staging table of a target, made in a transaction of its own if there is none yet. */
    StagedSql stage(WriteTarget target) throws SQLException {
        StagedSql known = stages.get(target);
        if (known != null) {
            return known;
        }
        StagedSql made = StagedSql.of(target, ++stagesMade);
        execute(made.create());
        if (stages.size() >= MOST_STAGES) {
            StagedSql oldest = stages.pollFirstEntry().getValue();
            execute(oldest.drop());
        }
        connection.commit();
        stages.put(target, made);
        return made;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Runs a statement and hands over the whole numbers it returns. */
    void numbers(String sql, IntConsumer each) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    each.accept(rows.getInt(1));
                }
            }
        }
    }

    CopyIn copyIn(String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    /** Gives up the transaction; false when the connection is not fit for another. */
    boolean rollback() {
        try {
            connection.rollback();
            return true;
        } catch (SQLException lost) {
            return false;
        }
    }

    /** Ends it from another thread, also in the middle of a statement. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            close();
        }
    }

    @Override
    public void close() {
        PostgresConnections.close(connection);
    }
}
