package io.sluice.connector.destination;

import io.sluice.connector.Connector;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;

/** A kind of destination, for example PostgreSQL or a webhook. */
public interface DestinationConnector extends Connector {

    /** What holds for every connection of this kind. Constant. */
    DestinationClaims claims();

    /**
     * Opens a connection. May connect at once or at first use.
     *
     * @throws ConnectorException if the settings cannot work or the system cannot be reached
     */
    DestinationConnection open(ConnectionSettings settings) throws ConnectorException;
}
