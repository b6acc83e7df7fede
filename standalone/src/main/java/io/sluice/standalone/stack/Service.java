package io.sluice.standalone.stack;

import io.sluice.embedded.ChildPart;
import io.sluice.embedded.ChildProcess;
import io.sluice.embedded.ChildSpec;
import io.sluice.embedded.JavaCommand;
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
import java.util.Optional;

/** One of Sluice's own services as a child process. */
final class Service extends ChildPart {
    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration ORDERLY = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Plan plan;

    /**
     * How a service runs.
     *
     * @param name name of the service and its log file, such as {@code loader}
     * @param jar its program
     * @param host address it listens on
     * @param port its HTTP port
     * @param maxHeapMib largest heap, in MiB
     * @param light true for a service that computes little: quicker to start and smaller without the second compiler
     * @param environment its settings, secrets among them
     * @param data the folder it belongs to
     */
    record Plan(
            String name,
            Path jar,
            String host,
            int port,
            int maxHeapMib,
            boolean light,
            Map<String, String> environment,
            DataDirectory data) {
        Plan {
            environment = Map.copyOf(environment);
        }

        /** Without the environment. */
        @Override
        public String toString() {
            return name + " on " + host + ":" + port;
        }
    }

    Service(Plan plan) {
        super(plan.name(), ORDERLY);
        this.plan = plan;
    }

    @Override
    protected ChildProcess launch() {
        Map<String, String> environment = new HashMap<>(plan.environment());
        environment.put("QUARKUS_HTTP_HOST", plan.host());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(plan.port()));
        environment.put(
                "QUARKUS_SHUTDOWN_TIMEOUT",
                Long.toString(ORDERLY.minusSeconds(2).toSeconds()));
        // Few native arenas: the default of eight per core costs tens of MiB in a JVM with many threads.
        environment.put("MALLOC_ARENA_MAX", "2");
        JavaCommand java = (plan.light()
                        ? new JavaCommand(plan.maxHeapMib() + "m")
                        : JavaCommand.busy(plan.maxHeapMib()))
                .options("-XX:MaxDirectMemorySize=96m", "-XX:ReservedCodeCacheSize=64m")
                // While it starts it is asked ten times a second whether it is ready; each "not yet" would be a line.
                .property("quarkus.log.category.\"io.smallrye.health\".level", "WARN")
                .property("sluice.part.of", plan.data().root());
        if (plan.light()) {
            java.options("-XX:TieredStopAtLevel=1");
        }
        List<String> command = java.jar(plan.jar());
        ChildProcess process = ChildProcess.start(ChildSpec.java(
                name(),
                command,
                environment,
                plan.data().log(name()),
                plan.data().root().toString(),
                Optional.of(plan.data().pid(name()))));
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            process.awaitReady(() -> answers(http, "ready"), READY);
        }
        return process;
    }

    /** True when the service says of itself that it works; a restart is the cure when it does not. */
    boolean isLive() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            return answers(http, "live");
        }
    }

    private boolean answers(HttpClient http, String check) {
        String host = "0.0.0.0".equals(plan.host()) || "::".equals(plan.host()) ? "127.0.0.1" : plan.host();
        URI address = URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + plan.port() + "/q/health/" + check);
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(ANSWER).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
