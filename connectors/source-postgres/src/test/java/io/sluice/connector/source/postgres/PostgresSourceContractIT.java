package io.sluice.connector.source.postgres;

import io.sluice.testkit.source.SourceConnectorContract;
import io.sluice.testkit.source.SourceFixture;

/** PostgreSQL keeps the contract of sources. */
class PostgresSourceContractIT extends SourceConnectorContract {
    @Override
    protected SourceFixture startFixture() throws Exception {
        return new PostgresSourceFixture();
    }
}
