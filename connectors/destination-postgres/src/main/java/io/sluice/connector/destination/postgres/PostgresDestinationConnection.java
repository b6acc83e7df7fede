package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.jdbc.PostgresCheck;
import io.sluice.connector.jdbc.PostgresErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One PostgreSQL server, one login, up to eight client connections, shared by the writers. */
final class PostgresDestinationConnection implements DestinationConnection {
    private final DestinationSettings settings;
    private final SessionPool sessions;

    PostgresDestinationConnection(DestinationSettings settings) {
        this.settings = settings;
        this.sessions = new SessionPool(settings);
    }

    @Override
    public ConnectionCheck check() {
        return PostgresCheck.run(
                settings.server(),
                List.of(
                        new PostgresCheck.SqlStep("Read tables", Catalog::tables),
                        new PostgresCheck.SqlStep(
                                "Create temporary tables", PostgresDestinationConnection::makeTemporaryTable)));
    }

    @Override
    public List<DestinationObject> objects() throws ConnectorException {
        return with(connection -> {
            Map<TableName, Table> all =
                    Catalog.all(connection).stream().collect(Collectors.toMap(Table::name, Function.identity()));
            ForeignKeys keys = ForeignKeys.read(connection);
            return all.values().stream()
                    .filter(table -> !table.behaviors().isEmpty())
                    .map(table -> keys.object(table, all))
                    .sorted(Comparator.comparing(DestinationObject::fullName))
                    .toList();
        });
    }

    @Override
    public ConnectionLimits limits(DestinationClaims claims) {
        return new ConnectionLimits(claims.maximumBatchSize(), settings.clientConnections()).withAhead(1);
    }

    @Override
    public DestinationWriter openWriter(WritePlan plan) throws ConnectorException {
        Optional<TableName> name = TableName.parse(plan.object());
        Optional<Table> table =
                name.isEmpty() ? Optional.empty() : with(connection -> Catalog.table(connection, name.get()));
        WriteTarget plain = WriteTarget.of(plan, table);
        WriteTarget target = plan.lookups().isEmpty()
                ? plain
                : with(connection -> ForeignKeys.read(connection).resolve(connection, plain, plan));
        return new PostgresWriter(sessions, target, settings.missingOnUpdate());
    }

    @Override
    public OptionalLong count(String object) throws ConnectorException {
        Optional<TableName> name = TableName.parse(object);
        return name.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(with(connection -> count(connection, name.get())));
    }

    private static long count(Connection connection, TableName table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table.sql())) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException, ConnectorException;
    }

    private <T> T with(Question<T> question) throws ConnectorException {
        Session session = null;
        boolean healthy = false;
        try {
            session = sessions.borrow();
            T answer = question.ask(session.connection());
            session.connection().commit();
            healthy = true;
            return answer;
        } catch (SQLException failure) {
            throw new ConnectorException(PostgresErrors.working(failure), failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a client connection", interrupt);
        } finally {
            if (session != null) {
                if (healthy) {
                    sessions.giveBack(session);
                } else {
                    sessions.discard(session);
                }
            }
        }
    }

    private static void makeTemporaryTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table sluice_check on commit drop as select 1 as probe");
        }
    }
}
