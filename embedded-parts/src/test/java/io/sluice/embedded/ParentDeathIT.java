package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A parent that dies without a word takes its children along. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux signals a parent's death; elsewhere pid files do the work")
final class ParentDeathIT {
    @TempDir
    Path folder;

    /** The parent: starts a child from a thread that ends at once, says the child's pid and waits. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            ChildSpec spec = ChildSpec.java(
                    "child",
                    List.of("sh", "-c", "sleep 120; true", arguments[0]),
                    Map.of(),
                    Path.of(arguments[0], "child.log"),
                    arguments[0],
                    Optional.empty());
            Thread starter = Thread.ofPlatform()
                    .start(() -> System.out.println(ChildProcess.start(spec).pid()));
            starter.join();
            Thread.currentThread().join();
        }
    }

    @Test
    void theChildOutlivesTheStartingThreadButNotTheProcess() throws Exception {
        Process parent = new ProcessBuilder(new JavaCommand("64m")
                        .main(System.getProperty("java.class.path"), Parent.class.getName(), folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.US_ASCII)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(SystemTools.commandLine(child)).contains("sleep 120");

            parent.destroyForcibly();

            child.onExit().get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
            assertThat(child.isAlive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }
}
