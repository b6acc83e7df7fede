package io.sluice.control.it;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * Real parts that outlive the application: one database and one broker for the whole test JVM, so that a test can restart
 * the application and find everything as it was.
 */
public final class LastingParts implements QuarkusTestResourceLifecycleManager {
    static final String WORKSPACE_KEY = "secret-token:firstWorkspaceKey1234567";
    static final String ADMIN_TOKEN = "adminsPersonalAccessToken";
    static final String SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String DATABASE = "sluice.test.control-plane.database";

    @Override
    public Map<String, String> start() {
        String[] database = database().split(" ");
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.jdbc.url", database[0]);
        config.put("quarkus.datasource.username", database[1]);
        config.put("quarkus.datasource.password", database[2]);
        config.put("sluice.kafka.bootstrap-servers", Parts.kafka().bootstrapServers());
        config.put("kafka.bootstrap.servers", Parts.kafka().bootstrapServers());
        config.put("sluice.kafka.registry-url", Parts.registry().url());
        config.put("sluice.kafka.partitions", "2");
        config.put("sluice.kafka.instance-id", "control-plane-test");
        config.put("sluice.secret.key", SECRET_KEY);
        config.put("sluice.bootstrap.api-key", WORKSPACE_KEY);
        config.put("sluice.bootstrap.admin-token", ADMIN_TOKEN);
        config.put("sluice.control.connector-timeout", "2s");
        config.put("sluice.control.tracking-url", "http://127.0.0.1:" + freePort());
        config.put("sluice.control.tracking-timeout", "3s");
        return config;
    }

    /** Nobody listens there but the tests that play the tracking service. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** System properties are seen by every class loader of this JVM. */
    private static String database() {
        synchronized (DATABASE.intern()) {
            String known = System.getProperty(DATABASE);
            if (known == null) {
                PostgresDatabase made = Parts.postgres().newDatabase("control_plane");
                known = made.jdbcUrl() + " " + made.user() + " " + made.password();
                System.setProperty(DATABASE, known);
            }
            return known;
        }
    }

    @Override
    public void stop() {
        // The parts live as long as the test JVM.
    }
}
