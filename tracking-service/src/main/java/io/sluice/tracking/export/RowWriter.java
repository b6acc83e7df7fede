package io.sluice.tracking.export;

import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;

/** Writes rows to a stream, which it does not close. {@link #close} writes what belongs at the end. Used by one thread. */
public interface RowWriter extends AutoCloseable {

    /** Writes one row. */
    void write(TrackedRow row) throws IOException;

    @Override
    void close() throws IOException;
}
