package io.sluice.standalone.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the programs of the services: in the folder that the system property {@value #PROPERTY} names or in {@code
 * services} of a distribution as {@code SERVICE/quarkus-run.jar}, or in the build output of the modules.
 */
final class ServiceJars {
    static final String PROPERTY = "sluice.services.directory";
    private static final String JAR = "quarkus-run.jar";

    private final List<Path> distributions = new ArrayList<>();
    private final List<Path> repositories = new ArrayList<>();

    ServiceJars() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            distributions.add(Path.of(given).toAbsolutePath());
        }
        try {
            Path code = Path.of(ServiceJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            distributions.add(code.resolveSibling("services"));
            // standalone/target/sluice-standalone.jar
            repositories.add(code.resolve("../../..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        String root = System.getProperty("sluice.rootDirectory");
        if (root != null) {
            repositories.add(Path.of(root).toAbsolutePath());
        }
    }

    /** The program of this module, such as {@code control-plane}. */
    Path find(String module) {
        for (Path distribution : distributions) {
            Path jar = distribution.resolve(module).resolve(JAR);
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        }
        for (Path repository : repositories) {
            Path jar = repository.resolve(module).resolve("target/quarkus-app").resolve(JAR);
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        }
        throw new StackException("the program of " + module + " was not built: run ./sluice build");
    }
}
