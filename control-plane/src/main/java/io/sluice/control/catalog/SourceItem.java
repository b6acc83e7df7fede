package io.sluice.control.catalog;

import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something of a source that a sync can read; all share one space of ids (SRC-1). */
public sealed interface SourceItem {

    /** Its id; stays the same over refreshes. */
    long id();

    /** The source it belongs to. */
    long sourceId();

    /** What to read. */
    SourceQuery query();

    /** The word of the API, {@code table} or {@code model}. */
    String type();

    /** Name in metadata and messages. */
    String fullName();

    /** Its columns as last read; empty before the first time. */
    Optional<Columns> columns();

    /**
     * Cached columns.
     *
     * @param list in natural order
     * @param refreshedAt when they were read from the source
     */
    record Columns(List<SourceColumn> list, Instant refreshedAt) {
        public Columns {
            list = List.copyOf(list);
        }

        /** The column of that exact name. */
        public Optional<SourceColumn> column(String name) {
            return list.stream().filter(column -> column.name().equals(name)).findFirst();
        }
    }

    /** A table or view (SRC-5). */
    record Table(long id, long sourceId, SourceObject object, Optional<Columns> columns) implements SourceItem {
        @Override
        public SourceQuery query() {
            return new SourceQuery.Table(object);
        }

        @Override
        public String type() {
            return "table";
        }

        @Override
        public String fullName() {
            return object.catalog() + "." + object.schema() + "." + object.name();
        }
    }

    /** A SQL query with a name. */
    record Model(
            long id,
            long sourceId,
            String name,
            Optional<String> description,
            String sql,
            Instant createdAt,
            Instant updatedAt,
            Optional<Columns> columns)
            implements SourceItem {
        @Override
        public SourceQuery query() {
            return new SourceQuery.Sql(sql);
        }

        @Override
        public String type() {
            return "model";
        }

        @Override
        public String fullName() {
            return name;
        }
    }
}
