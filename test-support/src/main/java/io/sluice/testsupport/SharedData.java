package io.sluice.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Real input that lies beside the repository, in {@code ../shared/data}. A clone does not have it: mark tests that need
 * it with {@link NeedsSharedData}.
 */
public final class SharedData {
    private SharedData() {}

    /** The folder of the repository: system property {@code sluice.rootDirectory}, or found above the working directory. */
    public static Path repository() {
        String given = System.getProperty("sluice.rootDirectory");
        if (given != null) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .orElseGet(() -> Path.of("").toAbsolutePath());
    }

    /** The folder with shared data, present or not. */
    public static Path directory() {
        return repository().resolveSibling("shared").resolve("data");
    }

    /** True when the shared data are there. */
    public static boolean isPresent() {
        return Files.isDirectory(directory());
    }

    /** A file of the OurAirports data set, such as {@code runways.csv}. */
    public static Path ourAirports(String file) {
        return directory().resolve("ourairports").resolve(file);
    }

    /** The "big list of naughty strings", a JSON array of texts. */
    public static Path naughtyStrings() {
        return directory().resolve("naughty-strings").resolve("blns.json");
    }
}
