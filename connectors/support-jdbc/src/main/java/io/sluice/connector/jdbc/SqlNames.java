package io.sluice.connector.jdbc;

/** Quotes names and text for PostgreSQL, so that any name works and none can break out. */
public final class SqlNames {
    private SqlNames() {}

    /** A quoted identifier: {@code my "odd" name} becomes {@code "my ""odd"" name"}. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A quoted identifier with its schema. */
    public static String qualified(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }

    /** A string constant; backslashes mean themselves whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        String escaped = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + escaped + "'" : "E'" + escaped.replace("\\", "\\\\") + "'";
    }
}
