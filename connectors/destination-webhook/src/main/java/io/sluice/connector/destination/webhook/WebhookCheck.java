package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectionCheck.Step;
import io.sluice.connector.ConnectorError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The connection test of a webhook: resolve, connect, TLS. It sends no request, because to the receiver any request is
 * an event.
 */
final class WebhookCheck {
    private final URI url;
    private final Duration timeout;
    private final List<Step> steps = new ArrayList<>();

    WebhookCheck(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    ConnectionCheck run() {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String resolve = "Resolve " + url.getHost();
        String connect = "Connect to port " + port(tls);
        String handshake = "Establish TLS";
        try {
            InetAddress address = InetAddress.getByName(url.getHost());
            steps.add(new ConnectionCheck.Passed(resolve));
            try (Socket socket = new Socket()) {
                connect(socket, address, tls, connect);
                if (tls) {
                    handshake(socket, handshake);
                }
            }
        } catch (UnknownHostException unknown) {
            failed(resolve, HttpFailures.unknownHost(url.getHost()));
            skip(connect);
            if (tls) {
                skip(handshake);
            }
        } catch (IOException failure) {
            if (steps.size() == 1) {
                failed(connect, HttpFailures.unreachable(url.getHost()));
                if (tls) {
                    skip(handshake);
                }
            } else {
                failed(handshake, HttpFailures.tls(url.getHost(), failure));
            }
        }
        return new ConnectionCheck(steps);
    }

    private void connect(Socket socket, InetAddress address, boolean tls, String step) throws IOException {
        socket.connect(new InetSocketAddress(address, port(tls)), (int) timeout.toMillis());
        socket.setSoTimeout((int) timeout.toMillis());
        steps.add(new ConnectionCheck.Passed(step));
    }

    private void handshake(Socket socket, String step) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket secure = (SSLSocket) factory.createSocket(socket, url.getHost(), port(true), true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
        steps.add(new ConnectionCheck.Passed(step));
    }

    private int port(boolean tls) {
        return url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    }

    private void failed(String step, ConnectorError error) {
        steps.add(new ConnectionCheck.Failed(step, error));
    }

    private void skip(String step) {
        steps.add(new ConnectionCheck.Skipped(step));
    }
}
