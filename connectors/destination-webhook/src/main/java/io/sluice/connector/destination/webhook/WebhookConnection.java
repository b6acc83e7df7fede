package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.SyncBehavior;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;

/** One webhook address. Its connections are kept alive between requests and shared by its writers. */
final class WebhookConnection implements DestinationConnection {
    /** The one object there is. */
    static final String OBJECT = "event";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final WebhookSettings settings;
    private final HttpClient client;

    WebhookConnection(WebhookSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout())
                .build();
    }

    @Override
    public ConnectionCheck check() {
        return new WebhookCheck(settings.url(), connectTimeout()).run();
    }

    @Override
    public List<DestinationObject> objects() {
        return List.of(new DestinationObject(OBJECT, "Event", EnumSet.allOf(SyncBehavior.class), true, List.of()));
    }

    @Override
    public ConnectionLimits limits(DestinationClaims claims) {
        return new ConnectionLimits(
                settings.recordsPerRequest(), claims.maximumParallelCalls(), settings.requestsPerSecond());
    }

    @Override
    public DestinationWriter openWriter(WritePlan plan) throws ConnectorException {
        if (!OBJECT.equals(plan.object())) {
            throw new ConnectorException(new ConnectorError(
                    "OBJECT_NOT_FOUND",
                    ConnectorError.Fault.CONFIGURATION,
                    "A webhook has one object, \"" + OBJECT + "\", not \"" + plan.object() + "\"."));
        }
        if (plan.modes().stream().anyMatch(mode -> mode != WriteMode.OVERWRITE)) {
            throw new ConnectorException(new ConnectorError(
                    "WRITE_MODE_NOT_SUPPORTED",
                    ConnectorError.Fault.CONFIGURATION,
                    "A webhook does not know what its receiver has already: leave preserve_values and merge out."));
        }
        if (!plan.lookups().isEmpty()) {
            throw new ConnectorException(new ConnectorError(
                    "LOOKUP_NOT_SUPPORTED",
                    ConnectorError.Fault.CONFIGURATION,
                    "A webhook looks nothing up: leave lookup_object and lookup_field out."));
        }
        return new WebhookWriter(settings, plan, client, InstantSource.system());
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** Shorter than the answer's timeout, so that "never reached" is not taken for "sent, but no answer". */
    private Duration connectTimeout() {
        Duration most = settings.timeout().multipliedBy(3).dividedBy(4);
        return most.compareTo(CONNECT_TIMEOUT) < 0 ? most : CONNECT_TIMEOUT;
    }
}
