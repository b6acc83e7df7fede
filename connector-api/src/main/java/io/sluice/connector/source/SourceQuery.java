package io.sluice.connector.source;

import java.util.Objects;

/** What to read: a table or view, or a query in the source's own language (requirement SRC-1). */
public sealed interface SourceQuery {

    /** All rows of a table or view. */
    record Table(SourceObject object) implements SourceQuery {
        public Table {
            Objects.requireNonNull(object, "object");
        }
    }

    /** The result of a query the user wrote; a single SELECT without a trailing semicolon. */
    record Sql(String text) implements SourceQuery {
        public Sql {
            Objects.requireNonNull(text, "text");
        }
    }
}
