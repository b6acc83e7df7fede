package io.sluice.connector.destination.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers each connection with given bytes and hangs up: what a well-behaved server never does. */
final class RawServer implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket socket;
    private final String answer;

    RawServer(String answer) throws IOException {
        this.answer = answer;
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::run);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void run() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                readRequest(client.getInputStream());
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException ended) {
                continue; // closed by the test, or the client hung up first
            }
        }
    }

    private static void readRequest(InputStream input) throws IOException {
        int first = input.read();
        if (first == TLS_HANDSHAKE) {
            return;
        }
        StringBuilder head = new StringBuilder();
        for (int next = first; next >= 0; next = input.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *([0-9]+).*", "$1"));
        input.readNBytes(length);
    }
}
