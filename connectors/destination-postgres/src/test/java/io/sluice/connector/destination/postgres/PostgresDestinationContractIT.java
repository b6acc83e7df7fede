package io.sluice.connector.destination.postgres;

import io.sluice.testkit.destination.DestinationConnectorContract;
import io.sluice.testkit.destination.DestinationFixture;

/** The contract of destinations, against a real PostgreSQL server. */
class PostgresDestinationContractIT extends DestinationConnectorContract {
    @Override
    protected DestinationFixture startFixture() throws Exception {
        return new PostgresFixture();
    }
}
