package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationWriter;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody vouches for gets no record. */
class WebhookTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void aCertificateThatIsNotTrustedFailsBeforeAnythingIsSent() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.createContext("/", _ -> requests.incrementAndGet());
        server.start();
        String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (DestinationConnection connection = Webhooks.open(url, Map.of());
                DestinationWriter writer = Webhooks.writer(connection)) {
            assertThat(writer.write(Webhooks.upserts(1))).isInstanceOfSatisfying(BatchResult.Failed.class, failed -> {
                assertThat(failed.error().code()).isEqualTo("TLS_FAILED");
                assertThat(failed.error().message()).contains("certificate");
            });
            List<ConnectionCheck.Step> steps = connection.check().steps();
            assertThat(steps.getLast()).isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> assertThat(
                            failed.error().code())
                    .isEqualTo("TLS_FAILED"));
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
