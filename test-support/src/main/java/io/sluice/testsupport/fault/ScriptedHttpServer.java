package io.sluice.testsupport.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server over plain sockets that does to each request what its script says, also what no HTTP library lets a
 * server do. Keeps every request it read to its end. The script may be called by several threads at a time.
 */
public final class ScriptedHttpServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<HttpRequestSeen> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Script script;

    /** What to do about a request. */
    @FunctionalInterface
    public interface Script {
        HttpReply reply(HttpRequestSeen request);
    }

    /** Starts a server on a free port of this machine. */
    public ScriptedHttpServer(Script script) {
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("scripted-http").start(this::accept);
    }

    /** The server's address; any path will do. */
    public String url() {
        return "http://" + listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** The server's port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** From the next request on this script holds. */
    public void script(Script next) {
        script = next;
    }

    /** Every request read so far, in the order of their ends. */
    public List<HttpRequestSeen> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().name("scripted-http-connection").start(() -> serve(socket));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goOn = true;
            while (goOn) {
                HttpRequestSeen request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                goOn = reply(socket, script.reply(request));
            }
        } catch (IOException | InterruptedException gone) {
            // the client has left, or this server is closed: there is nobody to tell
            return;
        } finally {
            open.remove(socket);
        }
    }

    /** Whether the connection can be used for another request. */
    private boolean reply(Socket socket, HttpReply reply) throws IOException, InterruptedException {
        return switch (reply) {
            case HttpReply.Answer answer -> {
                Thread.sleep(answer.after());
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                write(socket, head(answer.status(), answer.headers(), body.length), body);
                yield true;
            }
            case HttpReply.Truncated(int status) -> {
                write(socket, head(status, Map.of(), 1000), "only the beginn".getBytes(StandardCharsets.UTF_8));
                yield false;
            }
            case HttpReply.Silence silence -> {
                closed.await();
                yield false;
            }
            case HttpReply.Reset reset -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private static String head(int status, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(" Scripted\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static void write(Socket socket, String head, byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        socket.getOutputStream().write(whole.toByteArray());
        socket.getOutputStream().flush();
    }

    /** Null when the client is done. */
    private HttpRequestSeen read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            return null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return new HttpRequestSeen(line, headers, text, numbers.incrementAndGet(), System.nanoTime());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
        return null;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
