package io.sluice.embedded;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder with the programs of the parts: {@code kafka/*.jar}, {@code postgres/*.txz} and {@code apicurio/}. The
 * build of the module embedded-parts fills {@code embedded-parts/target/parts}; a distribution carries a copy.
 *
 * @param root the folder
 */
public record PartsDirectory(Path root) {
    /** System property that names the folder and wins over every search. */
    public static final String PROPERTY = "sluice.parts.directory";

    private static final Path BUILT = Path.of("embedded-parts", "target", "parts");

    public PartsDirectory {
        Objects.requireNonNull(root);
    }

    /**
     * Finds the folder: the system property {@value #PROPERTY}; {@code parts} beside the folder of the running jar (a
     * distribution); the build output under the repository root (system property {@code sluice.rootDirectory}, or a
     * folder above the working directory).
     *
     * @throws PartException when none of them is there
     */
    public static PartsDirectory find() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return new PartsDirectory(Path.of(given).toAbsolutePath());
        }
        List<Path> candidates = candidates();
        return candidates.stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("apicurio").resolve("quarkus-run.jar")))
                .findFirst()
                .map(PartsDirectory::new)
                .orElseThrow(() -> new PartException("The programs of Kafka, PostgreSQL and Apicurio were not found in "
                        + candidates + ": build the module embedded-parts, or set -D" + PROPERTY));
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        Path code = codeLocation();
        if (code != null && code.getParent() != null) {
            candidates.add(code.resolveSibling("parts"));
            candidates.add(code.getParent().resolveSibling("parts"));
        }
        String root = System.getProperty("sluice.rootDirectory");
        if (root != null) {
            candidates.add(Path.of(root).resolve(BUILT));
        }
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(BUILT))
                .forEach(candidates::add);
        return candidates;
    }

    private static Path codeLocation() {
        CodeSource source = PartsDirectory.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException elsewhere) {
            return null;
        }
    }

    Path kafkaJars() {
        return root.resolve("kafka");
    }

    Path postgresArchives() {
        return root.resolve("postgres");
    }

    Path apicurioJar() {
        return root.resolve("apicurio").resolve("quarkus-run.jar");
    }
}
