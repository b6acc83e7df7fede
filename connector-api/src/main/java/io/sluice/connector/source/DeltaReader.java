package io.sluice.connector.source;

import io.sluice.connector.ConnectorException;
import java.util.Optional;

/** A prepared diff. Used once, by one thread. */
public interface DeltaReader extends AutoCloseable {

    /**
     * What a diff found in all.
     *
     * @param sourceRecords rows of the source, invalid ones included
     * @param unchanged valid rows that were not given to the sink
     * @param known records of the state
     */
    record Counts(long sourceRecords, long unchanged, long known) {}

    /**
     * Streams what differs to {@code sink} on the calling thread, with memory that does not depend on the number of rows.
     *
     * @return the counts; empty when the sink wanted no more or the thread was interrupted, as
     *     {@link io.sluice.connector.source.RecordReader#read} returns early
     * @throws ConnectorException when the source fails in mid-read; the rows already given must then not be taken for the
     *     whole
     */
    Optional<Counts> read(DeltaSink sink) throws ConnectorException;

    /** As {@link io.sluice.connector.source.RecordReader#highWaterMark}. */
    default Optional<String> highWaterMark() {
        return Optional.empty();
    }

    @Override
    void close();
}
