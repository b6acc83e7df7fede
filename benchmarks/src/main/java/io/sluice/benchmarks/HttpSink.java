package io.sluice.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** The cheapest HTTP server there can be: reads each request to its end, throws it away and answers 200. */
final class HttpSink implements AutoCloseable {
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener;
    private final AtomicReference<byte[]> longest = new AtomicReference<>(new byte[0]);
    private volatile boolean keeping = true;

    HttpSink() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("http-sink").start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/hook";
    }

    /** The longest body so far, which is one of a full request; from now on bodies are thrown away unseen. */
    byte[] sample() {
        keeping = false;
        return longest.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                // without it an answer waits for the client's delayed acknowledgement
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().name("http-sink-connection").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER)) {
            for (int length = contentLength(in); length >= 0; length = contentLength(in)) {
                if (keeping) {
                    byte[] body = in.readNBytes(length);
                    longest.accumulateAndGet(body, (known, next) -> next.length > known.length ? next : known);
                } else {
                    in.skipNBytes(length);
                }
                socket.getOutputStream().write(OK);
            }
        } catch (IOException gone) {
            // the client has closed its connection: nothing to measure any more
            return;
        }
    }

    /** Reads a request's head; -1 when the client is done. */
    private static int contentLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                head.append((char) next);
                continue;
            }
            String line = head.toString().strip().toLowerCase(Locale.ROOT);
            if (line.isEmpty()) {
                return length;
            }
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            head.setLength(0);
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
