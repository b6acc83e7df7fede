package io.sluice.connector.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One read of a source.
 *
 * @param query what to read
 * @param columns the referenced columns, in alphabetical order; exactly these make up the payload (MAP-10)
 * @param identifierColumn the column of the primary identifier; one of {@code columns}
 * @param window only these rows (BEH-20); empty for all; given only to a connector that {@linkplain
 *     SourceConnector#readsWindows() reads windows}
 * @param compoundKey a column to compute, and to take for one of the relation's; given only to a connector that
 *     {@linkplain SourceConnector#computesCompoundKeys() computes compound keys}
 */
public record ReadRequest(
        SourceQuery query,
        List<String> columns,
        String identifierColumn,
        Optional<ReadWindow> window,
        Optional<CompoundKey> compoundKey) {

    /** A request for all rows. */
    public ReadRequest(SourceQuery query, List<String> columns, String identifierColumn) {
        this(query, columns, identifierColumn, Optional.empty());
    }

    /** A request whose identifier is a column of the relation. */
    public ReadRequest(SourceQuery query, List<String> columns, String identifierColumn, Optional<ReadWindow> window) {
        this(query, columns, identifierColumn, window, Optional.empty());
    }

    public ReadRequest {
        Objects.requireNonNull(compoundKey, "compoundKey");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(query, "query");
        columns = List.copyOf(columns);
        if (!columns.contains(identifierColumn)) {
            throw new IllegalArgumentException("identifier column " + identifierColumn + " is not among the columns");
        }
    }
}
