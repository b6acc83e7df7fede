package io.sluice.tracking.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Questions to an in-memory DuckDB; answers as text. */
public final class DuckDb {

    private DuckDb() {}

    /** One line per row, columns separated by bars. */
    public static String table(String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        ask(sql).forEach(row -> text.append(String.join(" | ", row)).append('\n'));
        return text.toString();
    }

    /** The first column. */
    public static List<String> rows(String sql) throws SQLException {
        return ask(sql).stream().map(List::getFirst).toList();
    }

    /** The only value. */
    public static String single(String sql) throws SQLException {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError("one row expected, not " + rows.size());
        }
        return rows.getFirst();
    }

    private static List<List<String>> ask(String sql) throws SQLException {
        // not through DriverManager: Quarkus tests in the same JVM register drivers of their own class loaders with it
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (answer.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= answer.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(answer.getObject(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
