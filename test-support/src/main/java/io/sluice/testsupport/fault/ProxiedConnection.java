package io.sluice.testsupport.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One connection through the proxy: a pump for each direction. */
final class ProxiedConnection {
    private final Socket client;
    private final Socket server;
    private final FaultGate gate;
    private final Consumer<ProxiedConnection> whenClosed;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger pumps = new AtomicInteger(2);
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean halfClosed;

    ProxiedConnection(Socket client, Socket server, FaultGate gate, Consumer<ProxiedConnection> whenClosed) {
        this.client = client;
        this.server = server;
        this.gate = gate;
        this.whenClosed = whenClosed;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().name("fault-proxy-up").start(() -> pump(client, server));
        Thread.ofVirtual().name("fault-proxy-down").start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                forward(buffer, read, out);
            }
            if (!halfClosed) {
                gate.pass();
                to.shutdownOutput();
            }
        } catch (IOException broken) {
            cut();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cut();
        } finally {
            if (pumps.decrementAndGet() == 0) {
                end();
            }
        }
    }

    private void forward(byte[] buffer, int read, OutputStream out) throws IOException, InterruptedException {
        gate.count(read);
        switch (gate.pass()) {
            case Fault.Swallow swallow -> lost.set(true);
            case Fault.CutAfter(long most) -> {
                long before = bytes.getAndAdd(read);
                int allowed = (int) Math.clamp(most - before, 0, read);
                write(buffer, allowed, out);
                if (allowed < read) {
                    throw new IOException("cut after " + most + " bytes");
                }
            }
            case Fault.Delay(var by) -> {
                Thread.sleep(by);
                write(buffer, read, out);
            }
            case Fault.Pass pass -> write(buffer, read, out);
            case Fault.Refuse refuse -> write(buffer, read, out);
            case Fault.Stall stall -> throw new IllegalStateException("the gate lets nobody through while it stalls");
        }
    }

    private void write(byte[] buffer, int length, OutputStream out) throws IOException {
        if (halfClosed) {
            lost.set(true);
        } else {
            out.write(buffer, 0, length);
        }
    }

    void countFromNow() {
        bytes.set(0);
    }

    boolean hasLostBytes() {
        return lost.get();
    }

    void halfClose() {
        halfClosed = true;
        try {
            client.shutdownOutput();
        } catch (IOException gone) {
            cut();
        }
    }

    /** Both sides have said all they had to say. */
    private void end() {
        close(client);
        close(server);
        whenClosed.accept(this);
    }

    void cut() {
        reset(client);
        reset(server);
        whenClosed.accept(this);
    }

    private static void reset(Socket socket) {
        try {
            // lingering for no time at all makes the close a reset
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is no longer open, which is all that is wanted
            return;
        }
    }
}
