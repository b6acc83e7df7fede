package io.sluice.deploy;

import io.sluice.configdocs.Reactor;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this module, and what of the reactor they must agree with. */
final class DeployFiles {
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:SLUICE|QUARKUS)_[A-Z0-9_]+\\b");

    private final Reactor reactor = Reactor.find();
    private final Path folder;

    DeployFiles() {
        folder = reactor.root().resolve("deploy");
    }

    Reactor reactor() {
        return reactor;
    }

    Path chart() {
        return folder.resolve("helm/sluice");
    }

    Path compose() {
        return folder.resolve("compose/compose.yaml");
    }

    Path containers() {
        return folder.resolve("containers");
    }

    /** The modules that are services: Quarkus builds a program of them. */
    Set<String> serviceModules() {
        return reactor.modules().stream()
                .filter(module -> !module.javaFiles().isEmpty())
                .filter(module -> read(module.folder().resolve("pom.xml")).contains("quarkus-maven-plugin"))
                .map(Reactor.ModuleFolder::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The module's default HTTP port. */
    String port(String module) {
        return io.sluice.configdocs.ServiceDefaults.read(reactor).stream()
                .filter(service -> service.module().equals(module))
                .findFirst()
                .orElseThrow(() -> new AssertionError(module + " has no application.yaml or application.properties"))
                .values()
                .get("quarkus.http.port");
    }

    /** Chart values to try: none beside the defaults, and each file of the chart's ci folder. */
    List<Path> ciValues() {
        try (Stream<Path> files = Files.list(chart().resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith("-values.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names that look like environment variables of services in a text. */
    static Set<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .collect(Collectors.toSet());
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code container: port} of a line such as {@code ENV QUARKUS_HTTP_PORT=8081}; empty when it is not there. */
    static String value(String containerfile, String variable) {
        Matcher matcher = Pattern.compile("\\b" + variable + "=(\\S+)").matcher(containerfile);
        return matcher.find() ? matcher.group(1) : "";
    }
}
