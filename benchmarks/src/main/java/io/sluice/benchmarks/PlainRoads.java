package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** What Sluice is compared with: the least one could do on this machine without it. */
final class PlainRoads {
    private static final int BATCH = 10_000;

    private PlainRoads() {}

    /** Seconds that {@link #copyOut(WideTable, Connection)} takes over a connection of its own. */
    static double copyOut(WideTable table, PostgresDatabase database) throws Exception {
        try (Connection source = database.connect()) {
            return Figures.seconds(() -> copyOut(table, source));
        }
    }

    /** Seconds that the direct road takes into the emptied table, over two connections of its own. */
    static double direct(WideTable table, PostgresDatabase database, Connection connection) throws Exception {
        table.emptyTarget(connection);
        try (Connection source = database.connect();
                Connection target = database.connect()) {
            return Figures.seconds(() -> copyAndUpsert(table, source, target));
        }
    }

    /** Reads the whole source by binary COPY and throws it away; gives the bytes. */
    static long copyOut(WideTable table, Connection source) throws SQLException {
        long bytes = 0;
        CopyOut copy = manager(source).copyOut("copy " + table.source() + " to stdout (format binary)");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            bytes += row.length;
        }
        return bytes;
    }

    /**
     * The direct road: COPY out of the source, COPY into a staging table by batches of ten thousand, one set-based upsert
     * per batch; rows pass through as text, untouched.
     */
    static long copyAndUpsert(WideTable table, Connection source, Connection target) throws SQLException, IOException {
        return copyAndUpsert(table, table.source(), source, target);
    }

    /** The same for some rows only, that is what {@link WideTable#change} has changed: the changed rows' own cost. */
    static long copyAndUpsertChanged(WideTable table, int oneIn, Connection source, Connection target)
            throws SQLException, IOException {
        return copyAndUpsert(table, "(" + table.changedRows(oneIn) + ")", source, target);
    }

    private static long copyAndUpsert(WideTable table, String from, Connection source, Connection target)
            throws SQLException, IOException {
        target.setAutoCommit(false);
        try (Statement statement = target.createStatement()) {
            statement.execute("create temp table staging (like " + table.target() + ") on commit delete rows");
            target.commit();
            CopyOut out = manager(source).copyOut("copy " + from + " to stdout");
            long rows = 0;
            for (byte[] row = out.readFromCopy(); row != null; ) {
                CopyIn in = manager(target).copyIn("copy staging from stdin");
                for (int i = 0; i < BATCH && row != null; i++) {
                    in.writeToCopy(row, 0, row.length);
                    rows++;
                    row = out.readFromCopy();
                }
                in.endCopy();
                statement.executeUpdate(upsert(table));
                target.commit();
            }
            return rows;
        } finally {
            target.rollback();
            target.setAutoCommit(true);
        }
    }

    /**
     * The bare diff in SQL: the hash of each row's columns joined with the (id, hash) of the last time; gives how many rows
     * are new, changed or gone.
     */
    static long sqlDiff(WideTable table, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(*) from (select id, " + hash() + " as hash from "
                                + table.source() + ") now full join bench_hashes old using (id)"
                                + " where now.hash is distinct from old.hash")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Keeps the hashes that {@link #sqlDiff} compares with. */
    static void keepHashes(WideTable table, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists bench_hashes");
            statement.execute("create table bench_hashes as select id, " + hash() + " as hash from " + table.source());
            statement.execute("alter table bench_hashes add primary key (id)");
            statement.execute("vacuum analyze bench_hashes");
        }
    }

    private static String hash() {
        return "md5(row(" + String.join(", ", WideTable.COLUMNS) + ")::text)::uuid";
    }

    private static String upsert(WideTable table) {
        String columns = String.join(", ", WideTable.COLUMNS);
        String updates = String.join(
                ", ",
                WideTable.COLUMNS.stream()
                        .skip(1)
                        .map(column -> column + " = excluded." + column)
                        .toList());
        return "insert into " + table.target() + " (" + columns + ") select " + columns
                + " from staging on conflict (id) do update set " + updates;
    }

    private static CopyManager manager(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
