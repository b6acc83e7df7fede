package io.sluice.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Loads CSV files with a header line into PostgreSQL. */
public final class CsvTables {
    private CsvTables() {}

    /**
     * Makes a table with the columns of the file's header and copies all rows into it. An empty field is NULL, quoted
     * or not.
     *
     * @param table name of the new table, quoted by this method
     * @param types SQL type by column name; columns not named are {@code text}
     * @return number of rows
     */
    public static long load(Connection connection, String table, Path csv, Map<String, String> types)
            throws SQLException, IOException {
        try (BufferedReader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8);
                Statement statement = connection.createStatement()) {
            List<String> columns = header(reader.readLine());
            String definition = columns.stream()
                    .map(column -> quote(column) + " " + types.getOrDefault(column, "text"))
                    .collect(Collectors.joining(", "));
            statement.execute("create table " + quote(table) + " (" + definition + ")");
            return copy(connection, table, columns, reader);
        }
    }

    private static long copy(Connection connection, String table, List<String> columns, Reader rows)
            throws SQLException, IOException {
        String names = columns.stream().map(CsvTables::quote).collect(Collectors.joining(", "));
        String command =
                "copy " + quote(table) + " (" + names + ") from stdin (format csv, force_null (" + names + "))";
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command, rows);
    }

    private static List<String> header(String line) throws IOException {
        if (line == null) {
            throw new IOException("The CSV file has no header line");
        }
        return Arrays.stream(line.replace("\uFEFF", "").split(","))
                .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
