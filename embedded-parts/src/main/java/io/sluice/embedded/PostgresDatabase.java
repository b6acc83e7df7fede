package io.sluice.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;

/**
 * One database of a PostgreSQL server, and the role that may use it.
 *
 * @param host host name or address
 * @param port TCP port
 * @param name database name
 * @param user role name
 * @param password password of the role; never printed by {@link #toString()}
 */
public record PostgresDatabase(String host, int port, String name, String user, String password) {
    public PostgresDatabase {
        Objects.requireNonNull(host);
        Objects.requireNonNull(name);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    /** The JDBC address, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** A new connection, for the caller to close. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    @Override
    public String toString() {
        return "PostgresDatabase[" + user + "@" + host + ":" + port + "/" + name + "]";
    }
}
