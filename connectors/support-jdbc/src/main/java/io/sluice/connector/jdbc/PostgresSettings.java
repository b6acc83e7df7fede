package io.sluice.connector.jdbc;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.Secret;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL server is and how to log in. Immutable; prints no secret.
 *
 * @param host name or address
 * @param port TCP port
 * @param database database name
 * @param user role to log in as
 * @param password its password; absent for servers that trust the network or use certificates
 * @param sslMode whether the connection is encrypted and checked
 * @param sslRootCertificate PEM text of the authority to trust; absent: the Java runtime's own list
 * @param connectTimeout longest wait for the TCP connection and for the login, each
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        Optional<Secret> password,
        SslMode sslMode,
        Optional<String> sslRootCertificate,
        Duration connectTimeout) {

    /** Setting id of the host; the ids are those of the public API's {@code credentials}. */
    public static final String HOSTNAME = "hostname";

    public static final String PORT = "port";
    public static final String DATABASE = "database";
    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final String SSL_MODE = "ssl_mode";
    public static final String SSL_ROOT_CERTIFICATE = "ssl_root_certificate";
    public static final String CONNECT_TIMEOUT = "connect_timeout_seconds";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*|\\[?[0-9A-Fa-f:.]+(%[\\w]+)?]?");

    public PostgresSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(sslMode, "sslMode");
        Objects.requireNonNull(sslRootCertificate, "sslRootCertificate");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
    }

    /** The form of these settings, in the order people expect. Connectors may put their own settings behind. */
    public static SettingsForm form() {
        return SettingsForm.of(
                SettingDescriptor.required(
                        HOSTNAME, "Host", Type.STRING, "db.example.com", "Name or address of the database server."),
                SettingDescriptor.required(PORT, "Port", Type.PORT, "5432", "TCP port of the server, usually 5432.")
                        .withDefault("5432"),
                SettingDescriptor.required(
                        DATABASE, "Database", Type.STRING, "analytics", "Name of the database to connect to."),
                SettingDescriptor.required(
                        USER, "User", Type.STRING, "sluice", "Role to log in as. Give it a role of its own."),
                SettingDescriptor.optional(
                                PASSWORD, "Password", Type.STRING, "", "Password of that role, if the server asks.")
                        .asSecret(),
                SettingDescriptor.optional(
                                SSL_MODE,
                                "Encryption",
                                Type.STRING,
                                "prefer",
                                "Whether the connection is encrypted and the server's certificate checked, as in "
                                        + "PostgreSQL's own clients. Use verify-full over networks you do not own.")
                        .withChoices(SslMode.wireNames())
                        .withDefault(SslMode.PREFER.wireName()),
                SettingDescriptor.optional(
                        SSL_ROOT_CERTIFICATE,
                        "Certificate authority",
                        Type.STRING,
                        "-----BEGIN CERTIFICATE-----",
                        "PEM text of the authority that signed the server's certificate, for verify-ca and "
                                + "verify-full. Left empty, the well-known public authorities are trusted."),
                SettingDescriptor.optional(
                                CONNECT_TIMEOUT,
                                "Connect timeout (seconds)",
                                Type.INTEGER,
                                "10",
                                "How long to wait for the server when connecting.")
                        .withDefault("10")
                        .withRange(1, 300));
    }

    /**
     * Reads what {@link #form()} validated.
     *
     * @throws ConnectorException with code {@code SETTINGS_INVALID} if the host cannot be a host
     */
    public static PostgresSettings from(ConnectionSettings settings) throws ConnectorException {
        String host = settings.text(HOSTNAME).strip();
        if (!HOST.matcher(host).matches()) {
            throw new ConnectorException(new ConnectorError(
                    "SETTINGS_INVALID",
                    ConnectorError.Fault.CONFIGURATION,
                    "Host (hostname) is not a host name or address: give it alone, without scheme, port or path."));
        }
        return new PostgresSettings(
                host,
                settings.integer(PORT),
                settings.text(DATABASE),
                settings.text(USER),
                settings.optionalSecret(PASSWORD),
                SslMode.fromWireName(settings.text(SSL_MODE)),
                settings.optionalText(SSL_ROOT_CERTIFICATE),
                Duration.ofSeconds(settings.integer(CONNECT_TIMEOUT)));
    }

    /** Host and port for messages. */
    public String address() {
        return host + ":" + port;
    }
}
