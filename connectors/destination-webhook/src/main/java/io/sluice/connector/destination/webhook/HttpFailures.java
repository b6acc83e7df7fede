package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.BatchResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** What a request that got no answer means: whether it can have arrived, and whom to tell. */
final class HttpFailures {
    private HttpFailures() {}

    /**
     * The result of a batch whose request ended with {@code failure}. Only failures known to come before the first byte
     * of the request are reported as "nothing was changed".
     */
    static BatchResult result(String host, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException _, UnknownHostException _ -> {
                    return notSent(unknownHost(host));
                }
                case SSLHandshakeException handshake -> {
                    return new BatchResult.Failed(tls(host, handshake));
                }
                default -> {
                    // look further down
                }
            }
        }
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return notSent(unreachable(host));
        }
        return new BatchResult.Unknown("The connection to " + host + " ended before the server had answered.");
    }

    static ConnectorError unknownHost(String host) {
        return new ConnectorError(
                "HOST_NOT_FOUND",
                ConnectorError.Fault.CONFIGURATION,
                "The host " + host + " has no address. Check the webhook's URL and the name server.");
    }

    static ConnectorError unreachable(String host) {
        return new ConnectorError(
                "HOST_UNREACHABLE",
                ConnectorError.Fault.EXTERNAL,
                "No connection to " + host + ". Check that the server runs, its port and the firewall between.");
    }

    static ConnectorError tls(String host, IOException failure) {
        return new ConnectorError(
                "TLS_FAILED",
                ConnectorError.Fault.EXTERNAL,
                "No secure connection to " + host + ": " + failure.getMessage()
                        + ". Check the server's certificate and its host name.");
    }

    private static BatchResult notSent(ConnectorError error) {
        return new BatchResult.RetryLater(Duration.ZERO, error.message(), Optional.of(error));
    }
}
