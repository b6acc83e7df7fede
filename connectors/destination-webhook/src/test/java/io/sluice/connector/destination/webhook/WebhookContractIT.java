package io.sluice.connector.destination.webhook;

import io.sluice.testkit.destination.DestinationConnectorContract;
import io.sluice.testkit.destination.DestinationFixture;

/** The contract of destinations, against a receiver that keeps records as a table would. */
class WebhookContractIT extends DestinationConnectorContract {
    @Override
    protected DestinationFixture startFixture() {
        return new WebhookFixture();
    }
}
