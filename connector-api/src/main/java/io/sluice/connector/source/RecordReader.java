package io.sluice.connector.source;

import io.sluice.connector.ConnectorException;
import java.util.Optional;

/** A prepared read. Used once, by one thread. */
public interface RecordReader extends AutoCloseable {

    /**
     * Streams all rows to {@code sink} on the calling thread, in any order, with memory that does not depend on the
     * number of rows.
     *
     * <p>Every row whose identifier occurs more than once among the non-null identifiers of this read is marked
     * {@linkplain SourceRow#duplicate() duplicate}: all of them, also the first (requirement KEY-6). Identifiers are
     * compared in their text form, exactly, case-sensitively (KEY-8).
     *
     * <p>Returns early, without error, when the sink answers {@code false} or the thread is interrupted; the thread is
     * still interrupted afterwards, so the caller can tell the two apart. What the sink throws comes through.
     *
     * @throws ConnectorException when the source fails in mid-read; the rows already given must then not be taken for
     *     the whole
     */
    void read(RecordSink sink) throws ConnectorException;

    /**
     * The maximum of the window's growing column as of this read's snapshot, in the source's own text form: where the next
     * run's window begins. Known after {@link #read}; empty when no window was asked for, or no row has ever had a value.
     */
    default Optional<String> highWaterMark() {
        return Optional.empty();
    }

    @Override
    void close();
}
