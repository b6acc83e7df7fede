package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.settings.ConnectionSettings;

/**
 * Sends records to an HTTP server of the user's own (destinations.md cards 1 and 2, RTY-5). What the server receives
 * and how its answers are understood is documented in {@code docs/connectors/webhook.md}.
 *
 * <p>It claims to be idempotent because every request carries an {@code Idempotency-Key} that stays the same when the
 * request is sent again: a receiver that matters to somebody can tell a repeat from news.
 */
public final class WebhookDestinationConnector implements DestinationConnector {
    private static final DestinationClaims CLAIMS =
            new DestinationClaims(WebhookSettings.MAXIMUM_RECORDS, 8, true, false, true);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor("webhook", "Webhook", "webhook", WebhookSettings.FORM);
    }

    @Override
    public DestinationClaims claims() {
        return CLAIMS;
    }

    @Override
    public DestinationConnection open(ConnectionSettings settings) throws ConnectorException {
        return new WebhookConnection(WebhookSettings.from(settings));
    }
}
