package io.sluice.standalone.cli;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as a user meets it, with real parts and stand-in services. */
final class UpCommandIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> ALL =
            List.of("postgres", "kafka", "registry", "control-plane", "extractor", "differ", "loader", "tracking");

    @TempDir
    Path folder;

    private Path data;
    private Path services;
    private int port;
    private UpProcess up;

    @BeforeEach
    void prepare() throws IOException {
        data = folder.resolve("data");
        services = UpProcess.fakeServices(folder.resolve("services"));
        port = Ports.free();
    }

    @AfterEach
    void end() throws Exception {
        if (up != null) {
            up.terminate();
            up.close();
        }
    }

    private void startAndAwaitReady(String name) throws IOException {
        up = UpProcess.start(services, data, port, folder.resolve(name));
        eventually(READY, () -> {
            assertThat(up.process().isAlive()).as(up.stderr()).isTrue();
            assertThat(up.stdout()).contains("Sluice is ready");
        });
    }

    private long pid(String part) throws IOException {
        return Long.parseLong(Files.readString(data.resolve("run/" + part + ".pid")));
    }

    private List<ProcessHandle> children() throws IOException {
        Stream.Builder<ProcessHandle> children = Stream.builder();
        for (String part : ALL) {
            ProcessHandle.of(pid(part)).ifPresent(children);
        }
        return children.build().toList();
    }

    @Test
    void theStorySeenFromOutside() throws Exception {
        startAndAwaitReady("first");
        assertThat(up.stdout()).isEqualTo("Sluice is ready: http://localhost:" + port + System.lineSeparator());
        Path token = data.resolve("api-token");
        assertThat(Files.readString(token)).matches("secret-token:[A-Za-z0-9]{24}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(ALL).allSatisfy(part -> assertThat(data.resolve("logs/" + part + ".log"))
                .isNotEmptyFile());

        aSecondInstanceOnTheSameFolderIsRefused();
        aServiceThatDiesIsStartedAgain();

        List<ProcessHandle> children = children();
        assertThat(children).hasSize(ALL.size());
        assertThat(up.terminate()).isZero();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(data.resolve("run")).isDirectoryNotContaining("glob:**.pid");
        assertThat(data.resolve("logs/loader.log")).content().contains("ended ");

        startAndAwaitReady("again");
        String tokenAgain = Files.readString(token);
        aParentKilledHardTakesAllAlong();
        startAndAwaitReady("after the accident");
        assertThat(Files.readString(token)).isEqualTo(tokenAgain);
    }

    private void aSecondInstanceOnTheSameFolderIsRefused() throws Exception {
        try (UpProcess second = UpProcess.start(services, data, Ports.free(), folder.resolve("second"))) {
            assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.process().exitValue()).isEqualTo(1);
            assertThat(second.stdout()).isEmpty();
            assertThat(second.stderr().lines()).singleElement().asString().contains("already runs on " + data);
        }
        assertThat(up.process().isAlive()).isTrue();
    }

    private void aServiceThatDiesIsStartedAgain() throws Exception {
        long before = pid("differ");
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        eventually(SOON, () -> {
            assertThat(pid("differ")).isNotEqualTo(before);
            assertThat(up.stderr()).contains("differ ended").contains("differ runs again");
        });
    }

    private void aParentKilledHardTakesAllAlong() throws Exception {
        List<ProcessHandle> children = children();
        up.process().destroyForcibly();
        eventually(SOON, () -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aBusyPortIsOneLine() throws Exception {
        try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            up = UpProcess.start(services, data, busy.getLocalPort(), folder.resolve("busy"));
            assertThat(up.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.process().exitValue()).isEqualTo(1);
            assertThat(up.stdout()).isEmpty();
            assertThat(up.stderr().lines()).singleElement().asString().contains("port " + port + " is in use");
        }
    }

    @Test
    void aServiceThatCannotStartIsOneLineAndNothingIsLeft() throws Exception {
        Files.writeString(services.resolve("loader-service/quarkus-run.jar"), "no jar");
        up = UpProcess.start(services, data, port, folder.resolve("broken"));
        assertThat(up.process().waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(up.process().exitValue()).isEqualTo(1);
        assertThat(up.stderr().lines())
                .singleElement()
                .asString()
                .contains("loader ended with exit code 1")
                .contains("loader.log");
        assertThat(data.resolve("run")).isDirectoryNotContaining("glob:**.pid");
        assertThat(data.resolve("api-token")).doesNotExist();
    }

    @Test
    void ctrlCWhileStartingLeavesNothingBehind() throws Exception {
        up = UpProcess.start(services, data, port, folder.resolve("impatient"));
        eventually(READY, () -> assertThat(data.resolve("run/kafka.pid")).exists());
        ProcessHandle kafka = ProcessHandle.of(pid("kafka")).orElseThrow();
        assertThat(up.terminate()).isEqualTo(130);
        assertThat(kafka.isAlive()).isFalse();
        assertThat(data.resolve("run")).isDirectoryNotContaining("glob:**.pid");
    }
}
