package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.jdbc.SqlNames;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.core.Parser;

/** Finds tables and describes queries, in the session's snapshot. */
final class RelationFinder {
    private static final String FIND_TABLE =
            """
            SELECT c.oid::int8, c.relkind
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
              AND has_schema_privilege(n.oid, 'USAGE')
              AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))""";

    private static final String TABLE_COLUMNS =
            """
            SELECT a.attname, a.atttypid::int8, pg_catalog.format_type(a.atttypid, a.atttypmod)
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
              AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
            ORDER BY a.attnum""";

    private final Session session;
    private final String bookkeepingSchema;

    /**
     * Looks in a session's snapshot.
     *
     * @param bookkeepingSchema the schema that is no source (SRC-7)
     */
    RelationFinder(Session session, String bookkeepingSchema) {
        this.session = session;
        this.bookkeepingSchema = bookkeepingSchema;
    }

    Relation find(SourceQuery query) throws SQLException, ConnectorException {
        return switch (query) {
            case SourceQuery.Table(SourceObject object) -> table(object);
            case SourceQuery.Sql(String text) -> query(text);
        };
    }

    private Relation table(SourceObject object) throws SQLException, ConnectorException {
        String database = session.database();
        if (!object.catalog().isEmpty() && !object.catalog().equals(database)) {
            throw SourceErrors.otherDatabase(object.catalog(), database);
        }
        if (object.schema().equals(bookkeepingSchema)) {
            throw SourceErrors.bookkeepingIsNoSource(bookkeepingSchema);
        }
        try (PreparedStatement statement = session.connection().prepareStatement(FIND_TABLE)) {
            statement.setString(1, object.schema());
            statement.setString(2, object.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw SourceErrors.objectNotFound(object.schema(), object.name());
                }
                long oid = row.getLong(1);
                return new Relation.Stored(
                        oid, object.schema(), object.name(), row.getString(2).charAt(0), tableColumns(oid));
            }
        }
    }

    private List<ResultColumn> tableColumns(long table) throws SQLException {
        List<TypedName> found = new ArrayList<>();
        try (PreparedStatement statement = session.connection().prepareStatement(TABLE_COLUMNS)) {
            statement.setLong(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new TypedName(row.getString(1), (int) row.getLong(2), row.getString(3)));
                }
            }
        }
        return withEncodings(found);
    }

    /** A column as the catalog knows it. */
    private record TypedName(String name, int type, String dataType) {}

    private List<ResultColumn> withEncodings(List<TypedName> columns) throws SQLException {
        TypeCatalog types = TypeCatalog.load(
                session.connection(), columns.stream().map(TypedName::type).collect(Collectors.toSet()));
        return columns.stream()
                .map(column -> new ResultColumn(column.name(), column.dataType(), types.encoding(column.type())))
                .toList();
    }

    /**
     * Checks a user's query before it is wrapped. It must be one statement to the driver (which would run several one
     * after the other) and to the server (which refuses several in the extended protocol), complete in itself (so that
     * it cannot close the wrapper's parenthesis), and usable as a subselect (so that it is a SELECT that changes nothing).
     */
    private Relation query(String text) throws SQLException, ConnectorException {
        String sql = withoutTrailingSemicolon(text);
        if (sql.isEmpty()) {
            throw SourceErrors.queryInvalid("The query is empty. Write one SELECT.");
        }
        if (Parser.parseJdbcSql(sql, true, false, true, false, false).size() != 1) {
            throw SourceErrors.queryInvalid("The query holds more than one statement. Write one SELECT, without ;.");
        }
        Connection connection = session.connection();
        List<String> names;
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("EXPLAIN (COSTS OFF) " + sql);
            try (ResultSet empty = statement.executeQuery("SELECT * FROM (\n" + sql + "\n) AS q LIMIT 0")) {
                names = names(empty.getMetaData());
            }
        } catch (SQLException refused) {
            throw new ConnectorException(PostgresErrors.describing(refused), refused);
        }
        return new Relation.Query(sql, queryColumns(sql, names));
    }

    private static String withoutTrailingSemicolon(String text) {
        String stripped = text.strip();
        while (stripped.endsWith(";")) {
            stripped = stripped.substring(0, stripped.length() - 1).strip();
        }
        return stripped;
    }

    private static List<String> names(ResultSetMetaData description) throws SQLException, ConnectorException {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int column = 1; column <= description.getColumnCount(); column++) {
            String name = description.getColumnLabel(column);
            if (!seen.add(name)) {
                throw SourceErrors.queryInvalid(
                        "Two columns of the query are named " + name + ". Give each a name of its own with AS.");
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw SourceErrors.queryInvalid("The query gives no columns.");
        }
        return names;
    }

    /** The driver knows the types' names only, which may be ambiguous: the server says their object ids. */
    private List<ResultColumn> queryColumns(String sql, List<String> names) throws SQLException {
        String types = names.stream()
                .map(name -> "pg_typeof(q." + SqlNames.quote(name) + ")::oid::int8, format_type(pg_typeof(q."
                        + SqlNames.quote(name) + ")::oid, NULL)")
                .collect(Collectors.joining(", "));
        String ask = "SELECT " + types + " FROM (VALUES (1)) AS one(row) LEFT JOIN (SELECT * FROM (\n" + sql
                + "\n) AS i LIMIT 0) AS q ON true";
        List<TypedName> found = new ArrayList<>();
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(ask)) {
                row.next();
                for (int index = 0; index < names.size(); index++) {
                    found.add(new TypedName(
                            names.get(index), (int) row.getLong(2 * index + 1), row.getString(2 * index + 2)));
                }
            }
        }
        return withEncodings(found);
    }
}
