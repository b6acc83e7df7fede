package io.sluice.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.settings.ConnectionSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connecting, checking and telling errors apart, against a real server that asks for a password. */
class PostgresCheckIT {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void startAServerThatAsksForPasswords() throws Exception {
        server = EmbeddedPostgres.builder().start();
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN PASSWORD 'right'");
            statement.execute("CREATE SCHEMA closed");
            statement.execute("CREATE TABLE closed.vault (id int)");
            try (ResultSet hba = statement.executeQuery("SHOW hba_file")) {
                hba.next();
                Path file = Path.of(hba.getString(1));
                String rules = "host all reader all scram-sha-256\n" + Files.readString(file, StandardCharsets.UTF_8);
                Files.writeString(file, rules, StandardCharsets.UTF_8);
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void passesStepByStep() throws Exception {
        ConnectionCheck check = check(Map.of(), "SELECT 1");

        assertThat(check.passed()).isTrue();
        assertThat(check.steps())
                .extracting(ConnectionCheck.Step::name)
                .containsExactly("Reach host", "Authenticate", "Own step");
    }

    @Test
    void wrongPasswordFailsTheSecondStepAndSkipsTheRest() throws Exception {
        ConnectionCheck check = check(Map.of("password", "wr0ng"), "SELECT 1");

        assertThat(check.steps().get(0)).isInstanceOf(ConnectionCheck.Passed.class);
        assertThat(check.steps().get(2)).isInstanceOf(ConnectionCheck.Skipped.class);
        ConnectorError error = failure(check, 1);
        assertThat(error.code()).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(error.fault()).isEqualTo(ConnectorError.Fault.CONFIGURATION);
        assertThat(error.message()).contains("reader").doesNotContain("wr0ng");
    }

    @Test
    void unknownDatabase() throws Exception {
        ConnectorError error = failure(check(Map.of("database", "nowhere"), "SELECT 1"), 1);

        assertThat(error.code()).isEqualTo("DATABASE_NOT_FOUND");
        assertThat(error.message()).contains("nowhere");
    }

    @Test
    void nothingListening() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        ConnectionCheck check = check(Map.of("port", free), "SELECT 1");

        assertThat(failure(check, 0).code()).isEqualTo("HOST_UNREACHABLE");
        assertThat(failure(check, 0).message()).contains(String.valueOf(free));
        assertThat(check.steps().subList(1, 3)).allMatch(ConnectionCheck.Skipped.class::isInstance);
    }

    @Test
    void unknownHost() throws Exception {
        ConnectorError error = failure(check(Map.of("hostname", "no-such-host.invalid"), "SELECT 1"), 0);

        assertThat(error.code()).isEqualTo("HOST_UNREACHABLE");
        assertThat(error.message()).contains("no-such-host.invalid");
    }

    @Test
    void encryptionThatTheServerDoesNotOffer() throws Exception {
        assertThat(failure(check(Map.of("ssl_mode", "verify-full"), "SELECT 1"), 1)
                        .code())
                .isEqualTo("TLS_FAILED");
        assertThat(failure(check(Map.of("ssl_mode", "require"), "SELECT 1"), 1).code())
                .isEqualTo("TLS_FAILED");
    }

    @Test
    void errorsOfQueriesAreToldApart() throws Exception {
        assertThat(failure(check(Map.of(), "SELECT * FROM closed.vault"), 2).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(failure(check(Map.of(), "SELECT * FROM missing"), 2).code()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(failure(check(Map.of(), "SELECT missing"), 2).code()).isEqualTo("COLUMN_NOT_FOUND");
        assertThat(failure(check(Map.of(), "SELEC 1"), 2).code()).isEqualTo("QUERY_INVALID");
        assertThat(failure(check(Map.of(), "SET statement_timeout = 1; SELECT pg_sleep(5)"), 2)
                        .code())
                .isEqualTo("QUERY_CANCELED");
        assertThat(failure(check(Map.of(), "SELECT pg_terminate_backend(pg_backend_pid())"), 2)
                        .code())
                .isEqualTo("CONNECTION_LOST");
    }

    @Test
    void dataErrorsDoNotQuoteTheRow() throws Exception {
        ConnectorError error = failure(check(Map.of(), "SELECT 'personal data'::int"), 2);

        assertThat(error.code()).isEqualTo("QUERY_INVALID");
        assertThat(error.message()).doesNotContain("personal data").contains("22P02");
    }

    @Test
    void sessionsNameThemselves() throws Exception {
        Connection connection = PostgresConnections.open(PostgresSettings.from(settings(Map.of())));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW application_name")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("sluice");
        } finally {
            PostgresConnections.close(connection);
        }
    }

    private static ConnectionCheck check(Map<String, Object> changes, String sql) throws Exception {
        return PostgresCheck.run(
                PostgresSettings.from(settings(changes)),
                List.of(new PostgresCheck.SqlStep("Own step", connection -> execute(connection, sql))));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ConnectorError failure(ConnectionCheck check, int step) {
        assertThat(check.steps().get(step)).isInstanceOf(ConnectionCheck.Failed.class);
        return ((ConnectionCheck.Failed) check.steps().get(step)).error();
    }

    private static ConnectionSettings settings(Map<String, Object> changes) {
        Map<String, Object> raw = new HashMap<>(Map.of(
                "hostname", "127.0.0.1",
                "port", server.getPort(),
                "database", "postgres",
                "user", "reader",
                "password", "right"));
        raw.putAll(changes);
        return PostgresSettingsTest.read(raw);
    }
}
