package io.sluice.connector.destination;

/** Writes batches to one object. Used by one thread at a time; opened for one sync run. */
public interface DestinationWriter extends AutoCloseable {

    /**
     * Makes one call and says what happened. Blocks until the destination has answered or the connector's timeout has
     * passed. Does not retry, does not sleep. A record counts as accepted only if the destination said so (ENG-15).
     * A kind of operation that none of the object's behaviors needs is answered by {@link BatchResult.Failed} with code
     * {@code OPERATION_NOT_SUPPORTED}, and changes nothing.
     *
     * @return never null; see {@link BatchResult} for what each answer makes the engine do
     */
    BatchResult write(DestinationBatch batch);

    @Override
    void close();
}
