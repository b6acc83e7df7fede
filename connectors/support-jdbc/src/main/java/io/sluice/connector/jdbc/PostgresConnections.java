package io.sluice.connector.jdbc;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.SingleCertValidatingFactory;

/** Opens connections to PostgreSQL. Every session names itself {@code sluice} (requirement SRC-23). */
public final class PostgresConnections {

    /** What a server's administrator sees in {@code pg_stat_activity.application_name}. */
    public static final String APPLICATION_NAME = "sluice";

    private PostgresConnections() {}

    /** Opens a connection whose answers may take any time. */
    public static Connection open(PostgresSettings settings) throws ConnectorException {
        return open(settings, Duration.ZERO);
    }

    /**
     * Opens a connection.
     *
     * @param answerTimeout longest wait for any answer of the server, after which the connection is broken; zero for
     *     none. Rounded up to whole seconds
     * @throws ConnectorException when the server cannot be reached or refuses the login
     */
    public static Connection open(PostgresSettings settings, Duration answerTimeout) throws ConnectorException {
        try {
            return connect(settings, answerTimeout);
        } catch (SQLException refused) {
            throw new ConnectorException(PostgresErrors.connecting(refused, settings), refused);
        }
    }

    /** Closes a connection whose work is done or given up; one that is already broken counts as closed. */
    public static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // The server drops the session by itself; there is nothing left to release and nothing to tell anyone.
            return;
        }
    }

    static Connection connect(PostgresSettings settings, Duration answerTimeout) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        boolean bareIpv6 = settings.host().contains(":") && !settings.host().startsWith("[");
        source.setServerNames(new String[] {bareIpv6 ? "[" + settings.host() + "]" : settings.host()});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.user());
        source.setPassword(settings.password().map(Secret::reveal).orElse(null));
        source.setApplicationName(APPLICATION_NAME);
        int seconds = Math.toIntExact(settings.connectTimeout().toSeconds());
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setCancelSignalTimeout(seconds);
        source.setSocketTimeout(Math.toIntExact(answerTimeout.plusMillis(999).toSeconds()));
        source.setTcpKeepAlive(true);
        // Server-side prepared statements break behind a pooler in transaction mode.
        source.setPrepareThreshold(0);
        source.setProperty(PGProperty.GSS_ENC_MODE, "disable");
        encrypt(source, settings);
        return source.getConnection();
    }

    private static void encrypt(PGSimpleDataSource source, PostgresSettings settings) {
        source.setSslMode(settings.sslMode().wireName());
        if (!settings.sslMode().verifies()) {
            return;
        }
        if (settings.sslRootCertificate().isPresent()) {
            source.setSslfactory(SingleCertValidatingFactory.class.getName());
            source.setSslFactoryArg(settings.sslRootCertificate().get().strip());
        } else {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
    }
}
