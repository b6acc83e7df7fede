package io.sluice.connector.jdbc;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tests a PostgreSQL connection step by step (requirement SRC-19), on a connection of its own. */
public final class PostgresCheck {

    /** Longest wait for any answer during a check. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private PostgresCheck() {}

    /** A step of the connector, after the login. */
    public record SqlStep(String name, SqlProbe probe) {}

    /** Tries something; an exception means that the step failed. */
    @FunctionalInterface
    public interface SqlProbe {
        void run(Connection connection) throws SQLException, ConnectorException;
    }

    /** Runs "Reach host", "Authenticate" and then {@code further} steps; stops at the first failure. Never throws. */
    public static ConnectionCheck run(PostgresSettings settings, List<SqlStep> further) {
        List<ConnectionCheck.Step> done = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("Reach host", "Authenticate"));
        further.forEach(step -> names.add(step.name()));

        Optional<ConnectorError> unreachable = reach(settings);
        record(done, names.get(0), unreachable);
        if (unreachable.isEmpty()) {
            logIn(settings, names.get(1), further, done);
        }
        names.subList(done.size(), names.size()).forEach(name -> done.add(new ConnectionCheck.Skipped(name)));
        return new ConnectionCheck(done);
    }

    private static void logIn(
            PostgresSettings settings, String name, List<SqlStep> further, List<ConnectionCheck.Step> done) {
        Connection connection;
        try {
            connection = PostgresConnections.open(settings, ANSWER_TIMEOUT);
        } catch (ConnectorException refused) {
            record(done, name, Optional.of(refused.error()));
            return;
        }
        try {
            record(done, name, Optional.empty());
            runAll(connection, further, done);
        } finally {
            PostgresConnections.close(connection);
        }
    }

    private static void runAll(Connection connection, List<SqlStep> steps, List<ConnectionCheck.Step> done) {
        for (SqlStep step : steps) {
            Optional<ConnectorError> failure = attempt(connection, step.probe());
            record(done, step.name(), failure);
            if (failure.isPresent()) {
                return;
            }
        }
    }

    private static Optional<ConnectorError> attempt(Connection connection, SqlProbe probe) {
        try {
            probe.run(connection);
            return Optional.empty();
        } catch (ConnectorException refused) {
            return Optional.of(refused.error());
        } catch (SQLException failure) {
            return Optional.of(PostgresErrors.working(failure));
        }
    }

    private static void record(List<ConnectionCheck.Step> done, String name, Optional<ConnectorError> failure) {
        done.add(
                failure.isPresent()
                        ? new ConnectionCheck.Failed(name, failure.get())
                        : new ConnectionCheck.Passed(name));
    }

    private static Optional<ConnectorError> reach(PostgresSettings settings) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(settings.host().replaceAll("[\\[\\]]", ""), settings.port()),
                    Math.toIntExact(settings.connectTimeout().toMillis()));
            return Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.of(PostgresErrors.connecting(new SQLException("unknown host", "08001", unknown), settings));
        } catch (IOException unreachable) {
            return Optional.of(
                    PostgresErrors.connecting(new SQLException("unreachable", "08001", unreachable), settings));
        }
    }
}
