package io.sluice.connector.source.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something rows come from, as found in the database. */
sealed interface Relation {

    /** What stands behind {@code FROM}. */
    String from();

    /** Its columns in natural order. */
    List<ResultColumn> columns();

    /**
     * Whether two scans in one snapshot surely give the same rows. Views, queries and foreign tables may be volatile
     * ({@code random()}, {@code LIMIT} without order, a server that knows no snapshots).
     */
    boolean repeatable();

    /**
     * A table, view, materialized view, foreign or partitioned table.
     *
     * @param oid its object id
     * @param kind {@code pg_class.relkind}
     */
    record Stored(long oid, String schema, String name, char kind, List<ResultColumn> columns) implements Relation {
        public Stored {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(name, "name");
            columns = List.copyOf(columns);
        }

        @Override
        public String from() {
            return SqlNames.qualified(schema, name);
        }

        @Override
        public boolean repeatable() {
            return kind == 'r' || kind == 'p' || kind == 'm';
        }
    }

    /** The result of a query that was checked to be one complete SELECT. */
    record Query(String text, List<ResultColumn> columns) implements Relation {
        public Query {
            Objects.requireNonNull(text, "text");
            columns = List.copyOf(columns);
        }

        /** Line breaks keep a trailing comment of the query from swallowing the parenthesis. */
        @Override
        public String from() {
            return "(\n" + text + "\n)";
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /**
     * A relation with a further, computed column.
     *
     * @param whole the relation
     * @param added the further column
     * @param expression its value, over the columns of alias {@code h}
     */
    record Extended(Relation whole, ResultColumn added, String expression) implements Relation {
        public Extended {
            Objects.requireNonNull(whole, "whole");
            Objects.requireNonNull(added, "added");
            Objects.requireNonNull(expression, "expression");
        }

        /** Columns are named one by one: the role may not be allowed to read all there are. */
        @Override
        public String from() {
            return "(SELECT "
                    + whole.columns().stream()
                            .map(column -> "h." + SqlNames.quote(column.name()))
                            .collect(Collectors.joining(", "))
                    + ", " + expression + " AS " + SqlNames.quote(added.name()) + " FROM " + whole.from() + " AS h)";
        }

        @Override
        public List<ResultColumn> columns() {
            return Stream.concat(whole.columns().stream(), Stream.of(added)).toList();
        }

        @Override
        public boolean repeatable() {
            return whole.repeatable();
        }
    }

    /**
     * Some rows of a relation.
     *
     * @param whole what they are part of
     * @param condition which of them, over the columns of alias {@code h}
     */
    record Part(Relation whole, String condition) implements Relation {
        public Part {
            Objects.requireNonNull(whole, "whole");
            Objects.requireNonNull(condition, "condition");
        }

        @Override
        public String from() {
            return "(SELECT * FROM " + whole.from() + " AS h WHERE " + condition + ")";
        }

        @Override
        public List<ResultColumn> columns() {
            return whole.columns();
        }

        @Override
        public boolean repeatable() {
            return whole.repeatable();
        }
    }
}
