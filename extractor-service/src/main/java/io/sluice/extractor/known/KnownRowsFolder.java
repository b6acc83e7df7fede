package io.sluice.extractor.known;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the known rows of syncs are kept: a file for each, eight bytes a row. Thread-safe. */
public final class KnownRowsFolder {
    private static final Logger LOG = LoggerFactory.getLogger(KnownRowsFolder.class);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String NOTES = ".notes";

    private final Optional<Path> folder;

    /**
     * A folder, made when it is missing. Without one, or with one that cannot be used, every row travels whole.
     *
     * @param folder the folder of this replica alone
     */
    public KnownRowsFolder(Optional<Path> folder) {
        this.folder = folder.filter(KnownRowsFolder::tidied);
    }

    private static boolean tidied(Path folder) {
        try {
            Files.createDirectories(folder);
            Instant old = Instant.now().minus(KEPT);
            for (Path file : files(folder)) {
                if (file.toString().endsWith(NOTES)
                        || Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.delete(file);
                }
            }
            return true;
        } catch (IOException | UncheckedIOException failed) {
            LOG.warn("{} cannot be used, unchanged rows travel whole: {}", folder, failed.toString());
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("sync-"))
                    .toList();
        }
    }

    /**
     * Opens the known rows of a sync for one reading.
     *
     * @param compare whether rows of the earlier reading count as known
     * @param asked rows that do not
     */
    public KnownRows open(long syncId, boolean compare, AskedRows asked) {
        return folder.map(path -> KnownRows.of(
                        path.resolve("sync-" + syncId + ".rows"),
                        path.resolve("sync-" + syncId + "-" + UUID.randomUUID() + NOTES),
                        compare,
                        asked))
                .orElseGet(KnownRows::none);
    }
}
