package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stack from the compose file, on a real engine. Heavy, so only on request ({@code SLUICE_COMPOSE_TEST=on});
 * the images must exist (deploy/containers/build.sh).
 */
@EnabledIfEnvironmentVariable(named = "SLUICE_COMPOSE_TEST", matches = "on")
class ComposeStackIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final DeployFiles files = new DeployFiles();
    private final String token = "secret-token:" + randomHex();
    private final String project = "sluicetest" + ProcessHandle.current().pid();

    @TempDir
    Path temporary;

    private Path environment;
    private List<String> compose;
    private int port;

    @BeforeEach
    void fillInTheEnvironment() throws IOException, InterruptedException {
        boolean plugin = run(List.of("docker", "compose", "version")) == 0;
        compose = plugin ? List.of("docker", "compose") : List.of("docker-compose");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        environment = Files.writeString(
                temporary.resolve("env"),
                """
                SLUICE_SECRET_KEY=%s
                SLUICE_BOOTSTRAP_API_KEY=%s
                POSTGRES_PASSWORD=%s
                CONTROL_DB_PASSWORD=%s
                REGISTRY_DB_PASSWORD=%s
                SLUICE_PORT=%d
                """
                        .formatted(
                                Base64.getEncoder().encodeToString(key),
                                token,
                                randomHex(),
                                randomHex(),
                                randomHex(),
                                port));
    }

    @AfterEach
    void takeItDown() throws IOException, InterruptedException {
        compose("logs", "--no-color", "--tail=60");
        compose("down", "--volumes", "--timeout", "30");
    }

    @Test
    void everythingBecomesHealthyAndTheApiAnswers() throws IOException, InterruptedException {
        assertThat(compose("config", "--quiet")).as("the file parses").isZero();
        assertThat(compose("up", "--detach")).as("the stack starts").isZero();

        await().alias("every service is healthy")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(unhealthy()).isEmpty());

        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/sources"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"status\":\"success\"");
        }
    }

    /** Services of the compose file that have no healthy container. */
    private List<String> unhealthy() throws IOException, InterruptedException {
        List<String> waiting = new ArrayList<>();
        for (String service : ((Map<?, ?>) DeployFiles.yaml(files.compose()).get("services"))
                .keySet().stream().map(Object::toString).toList()) {
            String id = output(composeCommand("ps", "-q", service)).strip();
            String health = id.isEmpty()
                    ? ""
                    : output(List.of("docker", "inspect", "--format", "{{.State.Health.Status}}", id))
                            .strip();
            if (!health.equals("healthy")) {
                waiting.add(service);
            }
        }
        return waiting;
    }

    private int compose(String... arguments) throws IOException, InterruptedException {
        return run(composeCommand(arguments));
    }

    private List<String> composeCommand(String... arguments) {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of(
                "--env-file",
                environment.toString(),
                "-p",
                project,
                "-f",
                files.compose().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static String randomHex() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
