package io.sluice.connector.destination.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name in the API and in SQL. The API's full name is {@code schema.table}; a part that holds a dot or a quote
 * is itself quoted there, so that every name reads back in one way only.
 */
record TableName(String schema, String table) {
    private static final Pattern FULL =
            Pattern.compile("(\"(?:[^\"]|\"\")+\"|[^.\"]+)\\.(\"(?:[^\"]|\"\")+\"|[^.\"]+)");

    static Optional<TableName> parse(String fullName) {
        Matcher parts = FULL.matcher(fullName);
        return parts.matches()
                ? Optional.of(new TableName(plain(parts.group(1)), plain(parts.group(2))))
                : Optional.empty();
    }

    /** The name of the API. */
    String full() {
        return shown(schema) + "." + shown(table);
    }

    /** The name in a statement. */
    String sql() {
        return SqlNames.qualified(schema, table);
    }

    private static String shown(String part) {
        return part.indexOf('.') < 0 && part.indexOf('"') < 0 ? part : SqlNames.quote(part);
    }

    private static String plain(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }
}
