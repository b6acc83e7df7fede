package io.sluice.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server on the loopback address. Its data directory is made on the first start and used again after.
 * Runs as root too, inside a user namespace, since PostgreSQL itself refuses root.
 */
public final class EmbeddedPostgres extends ChildPart {
    /** The role that owns everything. */
    public static final String SUPERUSER = "postgres";

    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration ORDERLY = Duration.ofSeconds(10);
    private static final int INITDB_SECONDS = 120;

    /** After kill -9 the orphans of the old server need a moment to see that their postmaster has gone. */
    private static final int START_ATTEMPTS = 20;

    private final PartsDirectory parts;
    private final Settings settings;

    /**
     * How the server runs.
     *
     * @param dataDirectory where its files are; made when missing
     * @param port TCP port on the loopback address
     * @param password password of {@link #SUPERUSER}; must stay the same for the life of the data directory
     * @param durable true to survive a power cut; false is faster and still survives kill -9 of the server
     * @param logFile what the server says
     * @param pidFile where to keep its process id, or empty
     */
    public record Settings(
            Path dataDirectory, int port, String password, boolean durable, Path logFile, Optional<Path> pidFile) {
        public Settings {
            dataDirectory = dataDirectory.toAbsolutePath().normalize();
            Objects.requireNonNull(password);
            Objects.requireNonNull(logFile);
            Objects.requireNonNull(pidFile);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Settings[" + dataDirectory + ", port=" + port + ", durable=" + durable + "]";
        }
    }

    /** A server that does not run yet. */
    public EmbeddedPostgres(PartsDirectory parts, Settings settings) {
        super("postgres", ORDERLY);
        this.parts = Objects.requireNonNull(parts);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    protected ChildProcess launch() {
        boolean asNobody = SystemTools.isRoot();
        if (asNobody && !SystemTools.succeeds("unshare", "--user", "true")) {
            throw new PartException("PostgreSQL does not run as root, and this machine does not allow user namespaces: "
                    + "start Sluice as an ordinary user");
        }
        Path programs = PostgresBinaries.unpacked(parts);
        if (!Files.exists(settings.dataDirectory().resolve("PG_VERSION"))) {
            initialize(programs, asNobody);
        }
        for (int attempt = 1; ; attempt++) {
            ChildProcess process = ChildProcess.start(spec(programs, asNobody));
            try {
                process.awaitReady(this::accepts, READY);
                return process;
            } catch (PartException e) {
                boolean orphansLive = process.logSinceStart().contains("still in use");
                if (!orphansLive || attempt == START_ATTEMPTS) {
                    throw e;
                }
                pauseAfterCrash(e);
            }
        }
    }

    private static void pauseAfterCrash(PartException failure) {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private void initialize(Path programs, boolean asNobody) {
        Path passwordFile = null;
        try {
            Files.createDirectories(settings.dataDirectory().getParent());
            Files.createDirectories(settings.logFile().toAbsolutePath().getParent());
            passwordFile = Files.createTempFile(
                    "sluice-",
                    ".password",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, settings.password());
            List<String> command = new ArrayList<>();
            if (asNobody) {
                command.addAll(List.of("unshare", "--user"));
            }
            command.addAll(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    settings.dataDirectory().toString(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-instructions"));
            if (!settings.durable()) {
                command.add("--no-sync");
            }
            Process initdb = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()))
                    .start();
            if (!initdb.waitFor(INITDB_SECONDS, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw new PartException("PostgreSQL could not make its data directory " + settings.dataDirectory()
                        + "; see " + settings.logFile() + "\n"
                        + LogFiles.lastLines(LogFiles.from(settings.logFile(), 0), 10));
            }
        } catch (IOException e) {
            throw new PartException("PostgreSQL could not make its data directory: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartException("Interrupted while making the data directory of PostgreSQL", e);
        } finally {
            if (passwordFile != null) {
                PidFiles.delete(passwordFile);
            }
        }
    }

    private ChildSpec spec(Path programs, boolean asNobody) {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                settings.dataDirectory().toString()));
        String durability = settings.durable() ? "on" : "off";
        Map<String, String> options = Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(settings.port())),
                // A socket's path may not be longer than some 100 characters: TCP only.
                Map.entry("unix_socket_directories", ""),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("max_connections", "100"),
                Map.entry("fsync", durability),
                Map.entry("synchronous_commit", durability),
                Map.entry("full_page_writes", durability),
                // Nobody replicates from this server: bulk loads into new tables then skip the log.
                Map.entry("wal_level", "minimal"),
                Map.entry("max_wal_senders", "0"),
                Map.entry("max_wal_size", "1GB"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"));
        options.forEach((option, value) -> command.addAll(List.of("-c", option + "=" + value)));
        return new ChildSpec(
                name(),
                command,
                // PGDATA or PGPORT of the user's shell must not reach this server.
                Map.of("PGDATA", settings.dataDirectory().toString()),
                settings.logFile(),
                settings.dataDirectory().toString(),
                settings.pidFile(),
                ChildSpec.StopSignal.INT,
                asNobody);
    }

    private boolean accepts() {
        try (Connection connection = admin().connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The database {@code postgres} as super-user. */
    public PostgresDatabase admin() {
        return database(SUPERUSER, SUPERUSER, settings.password());
    }

    /** The address of a database on this server; makes nothing. */
    public PostgresDatabase database(String database, String user, String password) {
        return new PostgresDatabase("127.0.0.1", settings.port(), database, user, password);
    }

    /**
     * Makes a login role and a database that it owns; what is there already stays, and the role gets this password.
     *
     * @throws PartException when the server refuses
     */
    public PostgresDatabase ensureDatabase(String database, String user, String password) {
        ensureRole(user, password);
        try (Connection connection = admin().connect();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
                statement.execute("create database " + statement.enquoteIdentifier(database, true) + " owner "
                        + statement.enquoteIdentifier(user, true));
            }
            return database(database, user, password);
        } catch (SQLException e) {
            throw new PartException("Cannot make the database " + database + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a login role that may read all tables that are in this database's schema {@code public} now, and nothing
     * else.
     *
     * @throws PartException when the server refuses
     */
    public PostgresDatabase ensureReader(PostgresDatabase database, String user, String password) {
        ensureRole(user, password);
        PostgresDatabase asAdmin = database(database.name(), SUPERUSER, settings.password());
        try (Connection connection = asAdmin.connect();
                Statement statement = connection.createStatement()) {
            String role = statement.enquoteIdentifier(user, true);
            statement.execute("grant usage on schema public to " + role);
            statement.execute("grant select on all tables in schema public to " + role);
            return database(database.name(), user, password);
        } catch (SQLException e) {
            throw new PartException("Cannot make the reader " + user + ": " + e.getMessage(), e);
        }
    }

    private void ensureRole(String user, String password) {
        try (Connection connection = admin().connect();
                Statement statement = connection.createStatement()) {
            String verb = exists(connection, "select 1 from pg_roles where rolname = ?", user) ? "alter" : "create";
            statement.execute(verb + " role " + statement.enquoteIdentifier(user, true) + " login password "
                    + statement.enquoteLiteral(password));
        } catch (SQLException e) {
            throw new PartException("Cannot make the role " + user + ": " + e.getMessage(), e);
        }
    }

    /**
     * Drops a database, and ends the sessions that use it; a missing one is fine.
     *
     * @throws PartException when the server refuses
     */
    public void dropDatabase(String database) {
        try (Connection connection = admin().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "drop database if exists " + statement.enquoteIdentifier(database, true) + " with (force)");
        } catch (SQLException e) {
            throw new PartException("Cannot drop the database " + database + ": " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The TCP port. */
    public int port() {
        return settings.port();
    }

    /** Deletes the data directory of a stopped server. */
    public synchronized void deleteData() {
        if (isAlive()) {
            throw new IllegalStateException("PostgreSQL still runs on " + settings.dataDirectory());
        }
        try {
            Directories.delete(settings.dataDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
