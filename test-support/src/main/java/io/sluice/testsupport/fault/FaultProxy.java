package io.sluice.testsupport.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a TCP server on this machine and breaks their connections on command. Its port stays the
 * same for its whole life. All methods may be called from any thread.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final FaultGate gate = new FaultGate();
    private ServerSocket listener;
    private Thread acceptor;
    private boolean closed;

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.acceptor = accept(listener);
    }

    /** A proxy that passes everything on to a server. */
    public static FaultProxy to(String host, int port) {
        try {
            return new FaultProxy(new InetSocketAddress(host, port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return socket;
    }

    private Thread accept(ServerSocket from) {
        return Thread.ofVirtual().name("fault-proxy-" + from.getLocalPort()).start(() -> {
            while (!from.isClosed()) {
                try {
                    open(from.accept());
                } catch (IOException ended) {
                    // closed on purpose, or the target is not there: the client sees a closed connection
                    continue;
                }
            }
        });
    }

    private void open(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target);
        } catch (IOException unreachable) {
            client.close();
            throw unreachable;
        }
        accepted.incrementAndGet();
        ProxiedConnection connection = new ProxiedConnection(client, server, gate, connections::remove);
        connections.add(connection);
        connection.start();
    }

    /** Host to connect to instead of the target's. */
    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /** Port to connect to instead of the target's. */
    public int port() {
        return port;
    }

    /** Connections that are open now. */
    public int open() {
        return connections.size();
    }

    /** Connections taken since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** The fault of the moment. */
    public Fault fault() {
        return gate.fault();
    }

    /** From now on everything goes through, or this is done to it; connections that are open are concerned too. */
    public synchronized void set(Fault fault) {
        Objects.requireNonNull(fault, "fault");
        Fault before = gate.fault();
        gate.set(fault);
        if (before instanceof Fault.Swallow) {
            List.copyOf(connections).stream()
                    .filter(ProxiedConnection::hasLostBytes)
                    .forEach(ProxiedConnection::cut);
        }
        List.copyOf(connections).forEach(ProxiedConnection::countFromNow);
        refuse(fault instanceof Fault.Refuse);
    }

    /**
     * Runs something once so many bytes have passed from now on, over all connections and both ways: a fault in the middle
     * of work. It runs beside the bytes, so a few more may pass. A second call replaces the first.
     */
    public void after(long bytes, Runnable then) {
        gate.after(bytes, then);
    }

    private void refuse(boolean refuse) {
        try {
            if (refuse) {
                listener.close();
                // the port is free only when nobody waits in accept any more
                acceptor.join();
            } else if (listener.isClosed() && !closed) {
                listener = listen(port);
                acceptor = accept(listener);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while closing the proxy's port", interrupted);
        }
    }

    /** Cuts every open connection: both sides see a reset. */
    public void cutAll() {
        List.copyOf(connections).forEach(ProxiedConnection::cut);
    }

    /**
     * Half-closes every open connection: the client sees the end of the stream, and the server, whose side stays open,
     * hears nothing. What the client still sends is swallowed.
     */
    public void halfCloseAll() {
        List.copyOf(connections).forEach(ProxiedConnection::halfClose);
    }

    @Override
    public synchronized void close() {
        closed = true;
        refuse(true);
        gate.set(new Fault.Pass());
        cutAll();
    }
}
