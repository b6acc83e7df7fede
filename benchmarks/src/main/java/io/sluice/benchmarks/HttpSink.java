package io.sluice.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The cheapest HTTP server there can be: reads each request to its end, throws it away and answers 200, at once or after
 * a while. Its answers take no time from each other.
 */
final class HttpSink implements AutoCloseable {
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener;
    private final AtomicReference<byte[]> longest = new AtomicReference<>(new byte[0]);
    private final Duration latency;
    private final AtomicLong requests = new AtomicLong();
    private volatile long firstAt;
    private volatile long lastAt;
    private volatile boolean keeping = true;

    HttpSink() throws IOException {
        this(Duration.ZERO);
    }

    /** A sink that thinks so long before each answer. */
    HttpSink(Duration latency) throws IOException {
        this.latency = latency;
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

    /** Counts requests from now on. */
    void restart() {
        requests.set(0);
    }

    /** Requests per second, from the arrival of the first since {@link #restart} to that of the last. */
    double rate() {
        return (requests.get() - 1) * 1e9 / (lastAt - firstAt);
    }

    private void arrived() {
        long now = System.nanoTime();
        if (requests.getAndIncrement() == 0) {
            firstAt = now;
        }
        lastAt = now;
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
                arrived();
                if (latency.isPositive()) {
                    Thread.sleep(latency);
                }
                socket.getOutputStream().write(OK);
            }
        } catch (IOException | InterruptedException gone) {
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
