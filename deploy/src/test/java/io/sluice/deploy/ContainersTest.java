package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One container file per service, all after one pattern. */
class ContainersTest {
    private static final String SUFFIX = ".Containerfile";
    private static final String RUNTIME = "runtime";

    private final DeployFiles files = new DeployFiles();

    @Test
    void everyServiceHasAContainerFileAndNobodyElse() throws IOException {
        try (Stream<Path> found = Files.list(files.containers())) {
            Set<String> names = found.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> !name.equals(RUNTIME))
                    .collect(Collectors.toSet());
            assertThat(names).isEqualTo(files.serviceModules());
        }
    }

    @TestFactory
    Stream<DynamicTest> serviceFilesCopyLayersInOrderAndNothingElse() {
        return files.serviceModules().stream()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    String text = containerfile(module);
                    List<String> copies = text.lines()
                            .filter(line -> line.startsWith("COPY "))
                            .map(line -> line.split("\\s+")[1])
                            .toList();
                    assertThat(copies).containsExactly("lib/", "quarkus/", "quarkus-run.jar", "app/");
                    assertThat(text).doesNotContain("USER ", "RUN ", "ENTRYPOINT");
                    assertThat(DeployFiles.value(text, "QUARKUS_HTTP_PORT"))
                            .as("port of %s", module)
                            .isEqualTo(files.port(module));
                    assertThat(text).contains("EXPOSE " + files.port(module));
                }));
    }

    @Test
    void theRuntimeGivesNoRights() {
        String text = containerfile(RUNTIME);
        List<String> instructions =
                text.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(instructions)
                .contains("ARG BASE=eclipse-temurin:25-jre", "USER 10001:10001", "STOPSIGNAL SIGTERM")
                .anyMatch(line -> line.startsWith("HEALTHCHECK "))
                .anyMatch(line -> line.startsWith("ENTRYPOINT ["));
        assertThat(text.indexOf("USER 10001"))
                .as("nothing runs as root after USER")
                .isGreaterThan(text.lastIndexOf("\nRUN "));
    }

    @Test
    void variablesAreRealSettings() throws IOException {
        KnownSettings known = new KnownSettings(files.reactor());
        try (Stream<Path> found = Files.list(files.containers())) {
            for (Path file : found.filter(name -> !name.endsWith("build.sh")).toList()) {
                assertThat(DeployFiles.variables(DeployFiles.read(file)))
                        .as(file.getFileName().toString())
                        .allMatch(known::knows);
            }
        }
    }

    private String containerfile(String name) {
        return DeployFiles.read(files.containers().resolve(name + SUFFIX));
    }
}
