package io.sluice.testsupport.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testsupport.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int PATIENCE = 200;

    private ServerSocket echo;
    private final Set<Socket> echoing = ConcurrentHashMap.newKeySet();
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.to("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                echoing.add(socket);
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException cut) {
            return;
        } finally {
            echoing.remove(socket);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }

    @Test
    void passesBytesBothWaysAndTheEndToo() throws Exception {
        try (Socket socket = connect()) {
            say(socket, "hello");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello");
        }
        Eventually.eventually(
                Duration.ofSeconds(5), () -> assertThat(proxy.open()).isZero());
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void aStallHoldsBytesBackUntilItEnds() throws Exception {
        try (Socket before = connect()) {
            proxy.set(new Fault.Stall());
            try (Socket during = connect()) {
                say(before, "a");
                say(during, "b");
                assertThatThrownBy(() -> hear(before, 1)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> hear(during, 1)).isInstanceOf(SocketTimeoutException.class);
                proxy.set(new Fault.Pass());
                assertThat(hear(before, 1)).isEqualTo("a");
                assertThat(hear(during, 1)).isEqualTo("b");
            }
        }
    }

    @Test
    void aConnectionWhoseBytesWereSwallowedIsCutAfterwards() throws Exception {
        try (Socket socket = connect();
                Socket idle = connect()) {
            say(socket, "a");
            say(idle, "a");
            assertThat(hear(socket, 1) + hear(idle, 1)).isEqualTo("aa");
            proxy.set(new Fault.Swallow());
            say(socket, "b");
            assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(SocketTimeoutException.class);
            proxy.set(new Fault.Pass());
            assertThatThrownBy(() -> hear(socket, 1)).hasMessageContaining("reset");
            say(idle, "c");
            assertThat(hear(idle, 1)).isEqualTo("c");
        }
    }

    @Test
    void cutsAfterSoManyBytes() throws Exception {
        proxy.set(new Fault.CutAfter(10));
        try (Socket socket = connect()) {
            say(socket, "12345");
            assertThat(hear(socket, 5)).isEqualTo("12345");
            assertThatThrownBy(() -> {
                        say(socket, "678901234567");
                        hear(socket, 12);
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void doesSomethingAfterSoManyBytes() throws Exception {
        proxy.after(10, proxy::halfCloseAll);
        try (Socket socket = connect()) {
            say(socket, "1234");
            assertThat(hear(socket, 4)).isEqualTo("1234");
            say(socket, "5678");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .isSubstringOf("5678");
        }
    }

    @Test
    void delays() throws Exception {
        try (Socket socket = connect()) {
            proxy.set(new Fault.Delay(Duration.ofMillis(50)));
            long start = System.nanoTime();
            say(socket, "a");
            assertThat(hear(socket, 1)).isEqualTo("a");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
        }
    }

    @Test
    void refusesNewConnectionsAndTakesThemAgain() throws Exception {
        try (Socket before = connect()) {
            say(before, "a");
            assertThat(hear(before, 1)).isEqualTo("a");
            proxy.set(new Fault.Refuse());
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            say(before, "b");
            assertThat(hear(before, 1)).isEqualTo("b");
            proxy.set(new Fault.Pass());
            connect().close();
        }
    }

    @Test
    void aHalfClosedConnectionEndsForTheClientAndStaysOpenForTheServer() throws Exception {
        try (Socket socket = connect()) {
            say(socket, "a");
            assertThat(hear(socket, 1)).isEqualTo("a");
            proxy.halfCloseAll();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(echoing).hasSize(1);
        proxy.cutAll();
        Eventually.eventually(Duration.ofSeconds(5), () -> assertThat(echoing).isEmpty());
    }
}
