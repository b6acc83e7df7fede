package io.sluice.connector.source.postgres;

import io.sluice.connector.source.Facts;
import io.sluice.connector.source.SyncLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Runs the statements of {@link WritebackTables} in the caller's transaction. */
record WritebackStatements(WritebackTables tables) {

    /** The lines get their ids in the order they have here. */
    void insertLines(Connection connection, SyncLog log) throws SQLException {
        StorableText text = StorableText.of(connection);
        List<SyncLog.Line> lines = log.lines();
        SyncLog.Ids ids = log.ids();
        try (PreparedStatement statement = connection.prepareStatement(tables.insertLines())) {
            statement.setLong(1, ids.syncId());
            statement.setLong(2, ids.syncRunId());
            statement.setLong(3, ids.destinationId());
            statement.setLong(4, ids.destinationObjectId());
            statement.setLong(5, ids.sourceId());
            statement.setLong(6, ids.sourceObjectId());
            texts(statement, 7, lines, SyncLog.Line::identifier);
            texts(statement, 8, lines, line -> text.json(line.payload()));
            numbers(statement, 9, lines, line -> millis(line.startedAt()));
            numbers(statement, 10, lines, line -> millis(line.completedAt()));
            texts(statement, 11, lines, line -> line.operation().wireName());
            texts(statement, 12, lines, line -> line.status().word());
            texts(statement, 13, lines, line -> text.words(line.message()));
            statement.executeUpdate();
        }
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** As many as one transaction should remove, at most. */
    int removeOld(Connection connection, long syncId, Duration age) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(tables.removeOld())) {
            statement.setLong(1, syncId);
            statement.setDouble(2, age.toSeconds());
            return statement.executeUpdate();
        }
    }

    void replaceFacts(Connection connection, Facts facts) throws SQLException {
        StorableText text = StorableText.of(connection);
        List<Facts.SourceObject> objects = facts.sourceObjects();
        clear(connection, "source_objects");
        try (PreparedStatement statement = connection.prepareStatement(tables.insertSourceObjects())) {
            numbers(statement, 1, objects, Facts.SourceObject::id);
            texts(statement, 2, objects, object -> text.words(object.type()));
            texts(statement, 3, objects, object -> text.words(object.name()));
            numbers(statement, 4, objects, Facts.SourceObject::modelId);
            numbers(statement, 5, objects, Facts.SourceObject::businessObjectId);
            numbers(statement, 6, objects, Facts.SourceObject::filterSegmentId);
            numbers(statement, 7, objects, Facts.SourceObject::cohortId);
            statement.executeUpdate();
        }
        replaceNamed(connection, "destinations", facts.destinations(), text);
        replaceNamed(connection, "destination_objects", facts.destinationObjects(), text);
    }

    private void replaceNamed(Connection connection, String table, List<Facts.Named> rows, StorableText text)
            throws SQLException {
        clear(connection, table);
        try (PreparedStatement statement = connection.prepareStatement(tables.insertNamed(table))) {
            numbers(statement, 1, rows, Facts.Named::id);
            texts(statement, 2, rows, row -> text.words(row.type()));
            texts(statement, 3, rows, row -> text.words(row.name()));
            statement.executeUpdate();
        }
    }

    private void clear(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(tables.clear(table))) {
            statement.executeUpdate();
        }
    }

    private static <T> void texts(PreparedStatement statement, int place, List<T> rows, Function<T, String> column)
            throws SQLException {
        set(statement, place, "text", rows, column);
    }

    private static <T> void numbers(PreparedStatement statement, int place, List<T> rows, Function<T, Long> column)
            throws SQLException {
        set(statement, place, "int8", rows, column);
    }

    private static <T> void set(
            PreparedStatement statement, int place, String type, List<T> rows, Function<T, ?> column)
            throws SQLException {
        Object[] values = rows.stream().map(column).toArray();
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }
}
