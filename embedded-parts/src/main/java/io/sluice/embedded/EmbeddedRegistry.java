package io.sluice.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An Apicurio Registry on the loopback address: schemas in a PostgreSQL database, or in memory for tests. Its schemas
 * in memory are lost when it ends.
 */
public final class EmbeddedRegistry extends ChildPart {
    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration ORDERLY = Duration.ofSeconds(8);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final PartsDirectory parts;
    private final Settings settings;

    /**
     * How the registry runs.
     *
     * @param port TCP port of its API on the loopback address
     * @param managementPort TCP port of its health and metrics, which cannot be switched off
     * @param storage where schemas are kept, or empty for memory
     * @param maxHeap largest heap, such as {@code 192m}
     * @param marker a text that tells this process from those of other people: see {@link ChildSpec#marker()}
     * @param logFile what the registry says
     * @param pidFile where to keep its process id, or empty
     */
    public record Settings(
            int port,
            int managementPort,
            Optional<PostgresDatabase> storage,
            String maxHeap,
            String marker,
            Path logFile,
            Optional<Path> pidFile) {
        /** Enough for the embedded stack. */
        public static final String DEFAULT_HEAP = "192m";

        public Settings {
            Objects.requireNonNull(storage);
            Objects.requireNonNull(maxHeap);
            Objects.requireNonNull(marker);
            Objects.requireNonNull(logFile);
            Objects.requireNonNull(pidFile);
        }
    }

    /** A registry that does not run yet. */
    public EmbeddedRegistry(PartsDirectory parts, Settings settings) {
        super("registry", ORDERLY);
        this.parts = Objects.requireNonNull(parts);
        this.settings = Objects.requireNonNull(settings);
    }

    /** The address that Apicurio's serdes want. */
    public String url() {
        return "http://127.0.0.1:" + settings.port() + "/apis/registry/v3";
    }

    @Override
    protected ChildProcess launch() {
        Map<String, String> environment = new HashMap<>();
        environment.put("APICURIO_STORAGE_KIND", "sql");
        if (settings.storage().isPresent()) {
            PostgresDatabase database = settings.storage().get();
            environment.put("APICURIO_STORAGE_SQL_KIND", "postgresql");
            environment.put("APICURIO_DATASOURCE_URL", database.jdbcUrl());
            environment.put("APICURIO_DATASOURCE_USERNAME", database.user());
            environment.put("APICURIO_DATASOURCE_PASSWORD", database.password());
        } else {
            environment.put("APICURIO_STORAGE_SQL_KIND", "h2");
        }
        List<String> command = new JavaCommand(settings.maxHeap())
                .options("-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=64m")
                .property("quarkus.http.host", "127.0.0.1")
                .property("quarkus.http.port", settings.port())
                .property("quarkus.management.host", "127.0.0.1")
                .property("quarkus.management.port", settings.managementPort())
                .property("quarkus.log.console.json.enabled", "false")
                .property("quarkus.log.level", "WARN")
                .property("sluice.part.of", settings.marker())
                .jar(parts.apicurioJar());
        ChildProcess process = ChildProcess.start(ChildSpec.java(
                name(), command, environment, settings.logFile(), settings.marker(), settings.pidFile()));
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            process.awaitReady(() -> answers(http), READY);
        }
        return process;
    }

    private boolean answers(HttpClient http) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/system/info"))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
