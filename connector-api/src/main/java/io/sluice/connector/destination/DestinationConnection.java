package io.sluice.connector.destination;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import java.util.List;
import java.util.OptionalLong;

/** An open connection to a destination. {@link #openWriter} may be called from several threads; the rest by one. */
public interface DestinationConnection extends AutoCloseable {

    /** Tests the connection step by step (SRC-19). Never throws for a failed step. */
    ConnectionCheck check();

    /** The objects records can be sent to, with their fields, ordered by full name. */
    List<DestinationObject> objects() throws ConnectorException;

    /**
     * Prepares writing to one object. Each writer is used by one thread at a time.
     *
     * @throws ConnectorException with code {@code OBJECT_NOT_FOUND} or {@code FIELD_NOT_FOUND} when the plan names what
     *     is not there
     */
    DestinationWriter openWriter(WritePlan plan) throws ConnectorException;

    /**
     * What this connection's settings make of the kind's claims, for example fewer records per request or fewer client
     * connections (DST-11). Never more than {@code claims} allow. Constant over the life of the connection.
     */
    default ConnectionLimits limits(DestinationClaims claims) {
        return ConnectionLimits.of(claims);
    }

    /**
     * How many records an object holds, for the report of a dry run (DRY-2); empty when that cannot be counted.
     *
     * @throws ConnectorException when the destination cannot be asked
     */
    default OptionalLong count(String object) throws ConnectorException {
        return OptionalLong.empty();
    }

    @Override
    void close();
}
