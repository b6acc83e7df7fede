package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.settings.ConnectionSettings;

/**
 * Writes to any PostgreSQL table with a primary or unique key of one column (destinations.md card 4, DST-12).
 *
 * <p>It is idempotent: every batch is one transaction, and upserts, updates, inserts that skip what exists, and deletes
 * give the same rows when they are done twice. It reports per record: a batch with bad records loses only those.
 */
public final class PostgresDestinationConnector implements DestinationConnector {
    /**
     * A batch costs some round trips, an emptied staging table and a sync of the log, whatever its size; on the other hand the
     * loader holds a batch per partition in memory, and collecting 10,000 wide records of each cost more than that.
     */
    private static final int RECORDS_PER_BATCH = 5_000;

    private static final DestinationClaims CLAIMS =
            new DestinationClaims(RECORDS_PER_BATCH, DestinationSettings.MOST_CLIENT_CONNECTIONS, true, true, false);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor("postgres", "PostgreSQL", "postgres-destination", DestinationSettings.FORM);
    }

    @Override
    public DestinationClaims claims() {
        return CLAIMS;
    }

    @Override
    public DestinationConnection open(ConnectionSettings settings) throws ConnectorException {
        return new PostgresDestinationConnection(DestinationSettings.from(settings));
    }
}
