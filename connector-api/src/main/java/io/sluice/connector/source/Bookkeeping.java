package io.sluice.connector.source;

import io.sluice.connector.ConnectorException;
import java.util.List;
import java.util.Optional;

/**
 * The accepted state of syncs in the source's own system: per sync an identifier and a fingerprint of each record that the
 * destination accepted. Lives in one bookkeeping schema, which is never offered as a source (SRC-7) and is the only thing
 * that is ever written (SRC-9).
 *
 * <p>The fingerprint is 128 bits over a canonical form of the read's columns, computed where the data is; it means something
 * only within one sync and this connector. Safe for use by several threads, each call working on its own.
 */
public interface Bookkeeping {

    /**
     * Makes what a sync needs, when it is missing. Must have been called before the other methods.
     *
     * @param sync the sync
     * @param syncRunId the run that is about to plan
     * @param forget whether the state is forgotten first (KEY-12); done once per run, however often that run asks
     * @return whether there was a state to build on; false when it was just made, or forgotten
     * @throws ConnectorException with code {@code BOOKKEEPING_NOT_WRITABLE} when a right is missing
     */
    boolean prepare(StateId sync, long syncRunId, boolean forget) throws ConnectorException;

    /**
     * Prepares the diff of one run. All of it happens in one consistent snapshot of source and state.
     *
     * @throws ConnectorException as {@link io.sluice.connector.source.SourceConnection#read}, and with code
     *     {@code IDENTIFIER_TYPE_UNSUPPORTED} when identifiers of that type have no canonical text there
     */
    DeltaReader plan(DeltaRequest request) throws ConnectorException;

    /**
     * Moves the state by what the destination accepted: all of it, durably, or nothing. A second application of the same
     * changes changes nothing, and changes whose position is not beyond the last one applied for the sync and slice are
     * ignored: they are an echo.
     *
     * @param changes in the order they were answered
     */
    default void apply(StateId sync, LogPosition position, List<AcceptedChange> changes) throws ConnectorException {
        apply(sync, position, changes, Optional.empty());
    }

    /**
     * As above, and in the same transaction writes lines to the source's {@code sync_log} (WWB-2), which is made when it is
     * missing. Lines that are not beyond the last position applied are left out, so each is there once, whatever is
     * repeated.
     *
     * @param log the lines; empty where the source has no log, or the sync does not want one
     */
    void apply(StateId sync, LogPosition position, List<AcceptedChange> changes, Optional<SyncLog> log)
            throws ConnectorException;

    /**
     * Moves the state by what a run decides before it sends anything: records that left the source and are forgotten, records
     * that are noted as seen and not sent (BEH-18). Doing it again changes nothing.
     */
    void note(StateId sync, long syncRunId, List<AcceptedChange> changes) throws ConnectorException;
}
