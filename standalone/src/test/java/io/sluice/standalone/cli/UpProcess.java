package io.sluice.standalone.cli;

import io.sluice.testsupport.SharedData;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** {@code up} in a JVM of its own, with stand-in services. */
final class UpProcess implements AutoCloseable {
    private static final List<String> MODULES =
            List.of("control-plane", "extractor-service", "differ-service", "loader-service", "tracking-service");

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private UpProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Puts {@link FakeService} where the five programs are looked for. */
    static Path fakeServices(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        for (String module : MODULES) {
            Path jar = Files.createDirectories(folder.resolve(module)).resolve("quarkus-run.jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                out.putNextEntry(new JarEntry(entry));
                try (var code = FakeService.class.getResourceAsStream("/" + entry)) {
                    code.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return folder;
    }

    static UpProcess start(Path services, Path data, int port, Path output) throws IOException {
        Path stdout = output.resolveSibling(output.getFileName() + ".out");
        Path stderr = output.resolveSibling(output.getFileName() + ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dsluice.rootDirectory=" + SharedData.repository(),
                "-Dsluice.services.directory=" + services,
                "-cp",
                classPath(),
                Main.class.getName(),
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        Process process = new ProcessBuilder(command)
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        return new UpProcess(process, stdout, stderr);
    }

    /** Without Testcontainers, whose JDBC driver would load itself and speak up on standard error. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("testcontainers"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    Process process() {
        return process;
    }

    String stdout() {
        return read(stdout);
    }

    String stderr() {
        return read(stderr);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; the exit code, or -1 when it did not end within 30 s. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
