package io.sluice.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testsupport.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell launcher {@code ./sluice}, as far as it goes without building anything. */
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "the launcher is a shell script")
final class LauncherTest {
    @TempDir
    Path folder;

    private record Result(int exitCode, String stdout, String stderr) {}

    private Result sluice(Map<String, String> environment, String... arguments) throws Exception {
        Path stdout = folder.resolve("out");
        Path stderr = folder.resolve("err");
        List<String> command = new ArrayList<>(
                List.of(SharedData.repository().resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
    }

    @Test
    void helpNamesEveryCommand() throws Exception {
        Result help = sluice(Map.of(), "help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.stdout()).contains("./sluice demo", "./sluice up", "./sluice test", "./sluice build");
        assertThat(help.stderr()).isEmpty();
        assertThat(sluice(Map.of()).stdout()).isEqualTo(help.stdout());
    }

    @Test
    void anUnknownCommandIsAnErrorThatSaysSo() throws Exception {
        Result result = sluice(Map.of(), "fly");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).endsWith("sluice: unknown command: fly\n");
    }

    @Test
    void aMissingJdkIsOneLineThatSaysWhatToInstall() throws Exception {
        Path old = fakeJdk("jdk-17", "17.0.9");
        Result result = sluice(
                Map.of("JAVA_HOME", old.toString(), "PATH", bareTools(), "SLUICE_JDK_FOLDER", folder.toString()), "up");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines()).singleElement().asString().contains("no JDK 25", "Temurin 25", "JAVA_HOME");
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\nexit 1\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(folder.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(name);
    }

    /** A PATH with what the script needs and no Java. */
    private String bareTools() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "env", "dirname", "readlink", "sed", "cat")) {
            for (String place : List.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
                Path program = Path.of(place, tool);
                if (Files.isExecutable(program) && !Files.exists(bin.resolve(tool))) {
                    Path wrapper = Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
                    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return bin.toString();
    }

    @Test
    void shellcheckHasNothingToSayWhereItIsInstalled() throws Exception {
        Path repository = SharedData.repository();
        Process process = new ProcessBuilder(
                        "sh", "-c", "command -v shellcheck >/dev/null || exit 0; shellcheck sluice .ci/run")
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
