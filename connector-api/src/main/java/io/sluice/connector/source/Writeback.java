package io.sluice.connector.source;

import io.sluice.connector.ConnectorException;
import java.time.Duration;

/**
 * What is written into the bookkeeping schema of a source for people to read (requirements WWB-1 to WWB-6): the log of its
 * syncs and the tables it is joined with. The log itself is written with the state, by {@link Bookkeeping#apply(StateId,
 * LogPosition, java.util.List, java.util.Optional)}, so that each operation is in it once. Safe for use by several threads.
 */
public interface Writeback {

    /**
     * Replaces {@code source_objects}, {@code destinations} and {@code destination_objects} at once: a reader sees the old
     * rows or the new ones. Makes what is missing, the log included. Facts that are not newer than those there are ignored.
     *
     * @throws ConnectorException with code {@code BOOKKEEPING_NOT_WRITABLE} when a right is missing
     */
    void replaceFacts(Facts facts) throws ConnectorException;

    /**
     * Removes lines of one sync that are older than {@code age}, in several short transactions; nothing when there is no log.
     *
     * @return how many went
     */
    long removeOlderThan(StateId sync, Duration age) throws ConnectorException;
}
