package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.SqlNames;
import io.sluice.connector.source.ReadWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A read bounded by a growing column (BEH-20), in the session's snapshot.
 *
 * @param relation the rows inside the window
 * @param mark the column's present maximum, never below the window's beginning; empty when there never was a value
 */
record WindowedRead(Relation relation, Optional<String> mark) {

    /** All of a relation. */
    static WindowedRead all(Relation relation) {
        return new WindowedRead(relation, Optional.empty());
    }

    /**
     * Finds the present maximum.
     *
     * @throws ConnectorException when the column is gone
     */
    static WindowedRead of(Session session, Relation whole, ReadWindow window) throws SQLException, ConnectorException {
        ResultColumn column = whole.columns().stream()
                .filter(known -> known.name().equals(window.column()))
                .findFirst()
                .orElse(null);
        if (column == null) {
            throw SourceErrors.columnsNotFound(List.of(window.column()));
        }
        Growing growing = new Growing("h." + SqlNames.quote(column.name()), column.dataType());
        Optional<String> mark = ask(session, growing.maximum(whole, window.from()));
        String condition = mark.isEmpty() || window.onlyMark()
                ? "false"
                : growing.name + " < " + growing.value(mark.get())
                        + window.from()
                                .map(from ->
                                        " AND " + growing.name + " >= " + growing.before(from, window.overlapSeconds()))
                                .orElse("");
        return new WindowedRead(new Relation.Part(whole, condition), mark);
    }

    private static Optional<String> ask(Session session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return Optional.ofNullable(row.getString(1));
            }
        }
    }

    /** The growing column in SQL. */
    private record Growing(String name, String type) {

        String maximum(Relation whole, Optional<String> from) {
            // an infinite time is later than any that will come, and would end all windows
            String finite = temporal() ? " FILTER (WHERE isfinite(" + name + "))" : "";
            String maximum = "max(" + name + ")" + finite;
            String grown = from.map(last -> "greatest(" + maximum + ", " + value(last) + ")")
                    .orElse(maximum);
            return "SELECT (" + grown + ")::text FROM " + whole.from() + " AS h";
        }

        String value(String text) {
            return "'" + text.replace("'", "''") + "'::" + type;
        }

        String before(String from, long seconds) {
            return temporal() && seconds > 0 ? value(from) + " - make_interval(secs => " + seconds + ")" : value(from);
        }

        private boolean temporal() {
            return type.startsWith("timestamp") || type.equals("date");
        }
    }
}
