package io.sluice.connector.source.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of one read. Pure.
 *
 * <p>Identifiers are compared exactly, in their text form (KEY-8): by the type's own equality where that is the same,
 * else as text in the C collation.
 *
 * @param relation where the rows come from
 * @param columns what to read, in the order of the payload's keys
 * @param identifier the column of the primary identifier; one of {@code columns}
 */
record ReadStatements(Relation relation, List<ResultColumn> columns, ResultColumn identifier) {

    /** Whether some identifier occurs more than once; one boolean. */
    String anyDuplicates() {
        return "SELECT EXISTS (" + duplicatedKeys(relation.from()) + ")";
    }

    /** All rows. */
    String copyPlain() {
        return copy("SELECT " + selectList() + " FROM " + relation.from() + " AS q");
    }

    /** All rows, each with one more column: its identifier occurs more than once. Scans the relation twice. */
    String copyMarked() {
        return copy("SELECT " + selectList() + ", d.k IS NOT NULL FROM " + relation.from() + " AS q LEFT JOIN ("
                + duplicatedKeys(relation.from()) + ") AS d ON d.k = " + key());
    }

    /**
     * As {@link #copyMarked}, but the relation is evaluated once and kept by the server meanwhile: for relations that may
     * give other rows the second time.
     */
    String copyMarkedOnce() {
        return copy("WITH q AS MATERIALIZED (SELECT " + keptColumns("i") + " FROM " + relation.from() + " AS i) SELECT "
                + selectList() + ", d.k IS NOT NULL FROM q LEFT JOIN (" + duplicatedKeys("q") + ") AS d ON d.k = "
                + key());
    }

    /** The columns of a row source of that alias, as they are. */
    String keptColumns(String alias) {
        return columns.stream()
                .map(column -> alias + "." + SqlNames.quote(column.name()))
                .collect(Collectors.joining(", "));
    }

    static String copy(String query) {
        return "COPY (" + query + ") TO STDOUT (FORMAT binary)";
    }

    String selectList() {
        return columns.stream().map(ReadStatements::selected).collect(Collectors.joining(", "));
    }

    private static String selected(ResultColumn column) {
        String name = "q." + SqlNames.quote(column.name());
        return column.encoding().cast().map(type -> name + "::" + type).orElse(name);
    }

    String duplicatedKeys(String from) {
        String key = key();
        return "SELECT " + key + " AS k FROM " + from + " AS q WHERE " + key
                + " IS NOT NULL GROUP BY 1 HAVING count(*) > 1";
    }

    /** The identifier of row {@code q}. */
    String identifierName() {
        return "q." + SqlNames.quote(identifier.name());
    }

    /** The identifier of row {@code q} in a form that is equal where its text is. */
    String key() {
        String name = identifierName();
        return switch (identifier.encoding().comparison()) {
            case NATIVE -> name;
            case AS_TEXT, NONE -> "(" + name + "::text COLLATE \"C\")";
        };
    }
}
