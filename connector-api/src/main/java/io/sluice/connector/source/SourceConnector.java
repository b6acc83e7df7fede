package io.sluice.connector.source;

import io.sluice.connector.Connector;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.operation.StateMode;
import java.util.Set;

/** A kind of source, for example PostgreSQL. */
public interface SourceConnector extends Connector {

    /** Where state may live for this kind of source (requirement SRC-17). Never empty. */
    Set<StateMode> supportedStateModes();

    /** Whether a read may be bounded by a {@link ReadWindow}, so that an append can have a high-water mark (BEH-20). */
    default boolean readsWindows() {
        return false;
    }

    /** Whether a read may have a {@link CompoundKey}, so that several columns together identify a row (KEY-3). */
    default boolean computesCompoundKeys() {
        return false;
    }

    /**
     * Opens a connection. May connect at once or at first use.
     *
     * @throws ConnectorException if the settings cannot work or the system cannot be reached
     */
    SourceConnection open(ConnectionSettings settings) throws ConnectorException;
}
