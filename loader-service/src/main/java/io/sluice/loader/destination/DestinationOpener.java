package io.sluice.loader.destination;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;

/** Opens the destination of one lane with its latest settings. */
@FunctionalInterface
public interface DestinationOpener {

    /** An open connection and what its connector claims. */
    record Opened(DestinationClaims claims, DestinationConnection connection) {}

    /**
     * Opens a connection; the caller closes it.
     *
     * @throws ConnectorException when there are no settings, they are wrong, or the system cannot be reached
     */
    Opened open() throws ConnectorException;
}
