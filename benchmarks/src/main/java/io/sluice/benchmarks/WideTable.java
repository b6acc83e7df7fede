package io.sluice.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The table everything is measured on: twenty mixed columns, some 300 bytes a row in binary. */
record WideTable(String name) {
    /** Column names; the first is the primary key. */
    static final List<String> COLUMNS = List.of(
            "id",
            "account_id",
            "score",
            "visits",
            "balance",
            "price",
            "ratio",
            "weight",
            "active",
            "verified",
            "email",
            "name",
            "city",
            "notes",
            "country",
            "created_at",
            "updated_at",
            "birthday",
            "attributes",
            "tags");

    /** The table that is read. */
    String source() {
        return "public." + name;
    }

    /** The table of the same shape that is written. */
    String target() {
        return source() + "_copy";
    }

    /** Makes the source table with that many rows and an empty target table of the same shape. */
    void create(Connection connection, long rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists " + source());
            statement.execute("drop table if exists " + target());
            statement.execute(
                    """
                    create table SOURCE (
                      id bigint primary key, account_id integer not null, score smallint, visits bigint,
                      balance numeric(14,2), price numeric(10,4), ratio double precision, weight real,
                      active boolean, verified boolean, email text, name text, city text, notes text,
                      country char(2), created_at timestamptz, updated_at timestamp, birthday date,
                      attributes jsonb, tags jsonb)"""
                            .replace("SOURCE", source()));
            statement.execute("create table " + target() + " (like " + source() + " including all)");
            statement.execute(
                    """
                    insert into SOURCE
                    select i, (i::bigint * 7919) % 100000, (i % 200)::smallint, i * 13 % 1000003,
                           ((i * 37) % 10000000)::numeric / 100, ((i * 91) % 1000000)::numeric / 10000,
                           (i % 1000) / 997.0, ((i % 500) / 7.0)::real,
                           i % 3 = 0, case when i % 11 = 0 then null else i % 2 = 0 end,
                           'customer' || i || '@example.com', 'Customer ' || i || ' Łukasz',
                           (array['Berlin','São Paulo','東京','Lagos','Oslo'])[1 + i % 5],
                           case when i % 4 = 0 then null else repeat('note ' || i % 97 || ' ', 6) end,
                           (array['DE','BR','JP','NG','NO'])[1 + i % 5],
                           timestamptz '2024-01-01 00:00:00+00' + (i % 500000) * interval '1 minute',
                           timestamp '2024-06-01 12:34:56.789' + (i % 300000) * interval '1 second',
                           date '1960-01-01' + (i % 20000)::integer,
                           jsonb_build_object('plan', (array['free','pro','team'])[1 + i % 3], 'seats', i % 40),
                           jsonb_build_array('t' || i % 10, 't' || i % 7)
                      from generate_series(1, ROWS) as i"""
                            .replace("SOURCE", source())
                            .replace("ROWS", Long.toString(rows)));
        }
    }

    /** Makes a table's statistics and visibility map as a settled table has them. */
    static void settle(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze " + table);
        }
    }

    void emptyTarget(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate " + target());
        }
    }

    /** Changes the notes of about that share of the source rows; gives how many. */
    long change(Connection connection, int oneIn) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "update " + source() + " set notes = coalesce(notes, '') || '!' where id % " + oneIn + " = 0");
        }
    }

    /** The query of the rows that {@link #change} changes; finds them by their key. */
    String changedRows(int oneIn) {
        return "select w.* from generate_series(%1$d, (select max(id) from %2$s), %1$d) as k join %2$s as w on w.id = k"
                .formatted(oneIn, source());
    }

    /** How many rows differ between source and target. */
    long differences(Connection connection) throws SQLException {
        String sql = "select count(*) from ((table %1$s except table %2$s) union all (table %2$s except table %1$s)) d"
                .formatted(source(), target());
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
