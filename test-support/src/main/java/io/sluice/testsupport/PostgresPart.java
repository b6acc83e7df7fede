package io.sluice.testsupport;

import io.sluice.embedded.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A running PostgreSQL server. */
@FunctionalInterface
public interface PostgresPart {
    /** The maintenance database as super-user. */
    PostgresDatabase superuser();

    /**
     * Makes an empty database with a name of its own that begins with this text, and a login role that owns it and may
     * do nothing else. Each call makes another one, so tests never meet each other's rows.
     *
     * @throws IllegalStateException when the server refuses
     */
    default PostgresDatabase newDatabase(String prefix) {
        String name = prefix.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_"
                + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX);
        PostgresDatabase admin = superuser();
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + name + " login password '" + name + "'");
            statement.execute("create database " + name + " owner " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the test database " + name, e);
        }
        return new PostgresDatabase(admin.host(), admin.port(), name, name, name);
    }
}
