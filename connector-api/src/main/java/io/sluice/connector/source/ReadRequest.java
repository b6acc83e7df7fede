package io.sluice.connector.source;

import java.util.List;
import java.util.Objects;

/**
 * One read of a source.
 *
 * @param query what to read
 * @param columns the referenced columns, in alphabetical order; exactly these make up the payload (MAP-10)
 * @param identifierColumn the column of the primary identifier; one of {@code columns}
 */
public record ReadRequest(SourceQuery query, List<String> columns, String identifierColumn) {
    public ReadRequest {
        Objects.requireNonNull(query, "query");
        columns = List.copyOf(columns);
        if (!columns.contains(identifierColumn)) {
            throw new IllegalArgumentException("identifier column " + identifierColumn + " is not among the columns");
        }
    }
}
