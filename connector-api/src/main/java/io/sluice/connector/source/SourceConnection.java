package io.sluice.connector.source;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import io.sluice.operation.StateMode;
import java.util.List;
import java.util.Optional;

/** An open connection to a source. Used by one thread at a time. */
public interface SourceConnection extends AutoCloseable {

    /** Tests the connection step by step (SRC-19): reach, authenticate, read metadata. Never throws for a failed step. */
    ConnectionCheck check();

    /**
     * As {@link #check()}, with a further step for what that state mode needs; the step names the right that is missing
     * (SRC-11). Only {@link StateMode#WAREHOUSE} needs more than reading.
     */
    default ConnectionCheck check(StateMode mode) {
        return check();
    }

    /** Tables and views the credentials can read, ordered by schema and name; system schemas left out. */
    List<SourceObject> objects() throws ConnectorException;

    /**
     * The columns of a table or of a query's result, in their natural order.
     *
     * @throws ConnectorException with code {@code OBJECT_NOT_FOUND} when the table does not exist or may not be read, or
     *     {@code QUERY_INVALID} when the query does not run
     */
    List<SourceColumn> columns(SourceQuery query) throws ConnectorException;

    /**
     * Prepares a read. All of it happens in one consistent snapshot of the source: the check for duplicate identifiers
     * sees the same rows as the stream.
     *
     * @throws ConnectorException with code {@code COLUMN_NOT_FOUND} when a requested column is gone (MAP-9)
     */
    RecordReader read(ReadRequest request) throws ConnectorException;

    /** The state that this source can keep itself; empty when it cannot (state mode {@link StateMode#WAREHOUSE}). */
    default Optional<Bookkeeping> bookkeeping() {
        return Optional.empty();
    }

    /** What this source takes for people to read, beside its state; empty when it takes nothing (WWB-1). */
    default Optional<Writeback> writeback() {
        return Optional.empty();
    }

    /** Releases everything; a read in progress on another thread ends with an exception. */
    @Override
    void close();
}
