package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children are started, watched and ended, and none is left over. */
final class ChildProcessTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private ChildSpec shell(String script) {
        // The marker is an argument that the script does not use.
        return ChildSpec.java(
                "script",
                List.of("sh", "-c", script, folder.toString()),
                Map.of("WORD", "from the environment"),
                folder.resolve("logs/script.log"),
                folder.toString(),
                Optional.of(folder.resolve("run/script.pid")));
    }

    @Test
    void readyIsWhenTheProbeSaysSo() {
        ChildProcess child = ChildProcess.start(shell("echo $WORD; exec sleep 60"));
        child.awaitReady(() -> child.logSinceStart().contains("from the environment"), WAIT);
        assertThat(child.isAlive()).isTrue();
        assertThat(child.residentBytes()).isPositive();
        assertThat(folder.resolve("run/script.pid")).hasContent(Long.toString(child.pid()));

        child.stop(WAIT);

        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("run/script.pid")).doesNotExist();
    }

    @Test
    void anEarlyEndIsToldWithExitCodeAndLastWords() {
        ChildProcess child = ChildProcess.start(shell("echo it is broken; exit 7"));
        assertThatThrownBy(() -> child.awaitReady(() -> false, WAIT))
                .isInstanceOf(PartException.class)
                .hasMessageContaining("script ended with exit code 7")
                .hasMessageContaining("script.log")
                .hasMessageContaining("it is broken");
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void aSilentChildIsEndedWhenItsTimeIsOver() {
        ChildProcess child = ChildProcess.start(shell("exec sleep 60"));
        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(100)))
                .isInstanceOf(PartException.class)
                .hasMessageContaining("not ready");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aChildThatIgnoresTheOrderlySignalIsKilled() {
        ChildProcess child =
                ChildProcess.start(shell("trap '' TERM; echo ready; while true; do sleep 60 & wait; done"));
        child.awaitReady(() -> child.logSinceStart().contains("ready"), WAIT);
        child.stop(Duration.ofMillis(200));
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aProgramThatIsNotThereIsAClearError() {
        ChildSpec spec = ChildSpec.java(
                "ghost",
                List.of(folder.resolve("no-such-program").toString()),
                Map.of(),
                folder.resolve("ghost.log"),
                folder.toString(),
                Optional.empty());
        assertThatThrownBy(() -> ChildProcess.start(spec).awaitReady(() -> false, WAIT))
                .isInstanceOf(PartException.class)
                .hasMessageContaining("ghost");
    }

    @Test
    void aLeftOverOfOursIsEndedAndAStrangerIsNot() throws Exception {
        ChildProcess ours = ChildProcess.start(shell("exec sleep 60 # " + folder));
        // "exec sleep 60" drops the marker from the command line: keep the shell, which carries it.
        ours.kill();
        ChildProcess left = ChildProcess.start(shell("sleep 60; true"));
        Path run = folder.resolve("run");
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(run.resolve("stranger.pid"), Long.toString(stranger.pid()));
            Files.writeString(run.resolve("nonsense.pid"), "not a number");

            assertThat(PidFiles.endLeftovers(run, folder.toString())).isEqualTo(1);

            assertThat(left.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(run).isEmptyDirectory();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aLargeLogIsSetAside() throws Exception {
        Path log = folder.resolve("logs/script.log");
        Files.createDirectories(log.getParent());
        Files.write(log, new byte[(20 << 20) + 1]);
        ChildProcess child = ChildProcess.start(shell("echo fresh"));
        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(log).hasContent("fresh");
        assertThat(folder.resolve("logs/script.log.1")).hasSize((20 << 20) + 1);
    }

    @Test
    void aSpecNeverPrintsItsEnvironmentAndNeedsItsMarker() {
        assertThat(shell("true").toString()).doesNotContain("from the environment");
        assertThatThrownBy(() -> ChildSpec.java(
                        "x", List.of("true"), Map.of(), folder.resolve("x.log"), "marker", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
