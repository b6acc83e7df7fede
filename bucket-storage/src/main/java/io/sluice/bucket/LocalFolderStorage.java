package io.sluice.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder as a bucket: the embedded default. An object is written to a hidden folder of the same file system, forced to
 * disk and renamed to its key. Several processes may share the folder. Thread-safe.
 */
public final class LocalFolderStorage implements DatedStorage {
    private static final String UNFINISHED = ".unfinished";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final Path unfinished;

    private LocalFolderStorage(Path root) {
        this.root = root;
        this.unfinished = root.resolve(UNFINISHED);
    }

    /**
     * Opens the bucket, creating the folder when it is missing, and removes what crashed writers left half written. Only this
     * creates the folder: a folder that vanishes later (an unmounted volume) is a failure, not a new empty bucket.
     */
    public static LocalFolderStorage open(Path root) throws StorageException {
        LocalFolderStorage storage =
                new LocalFolderStorage(root.toAbsolutePath().normalize());
        try {
            Files.createDirectories(storage.unfinished);
            storage.removeAbandoned(Instant.now().minus(ABANDONED));
        } catch (IOException failed) {
            throw storage.failure("cannot open " + storage.root, failed);
        }
        return storage;
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        Path target = path(key);
        Path draft = unfinished.resolve(UUID.randomUUID() + ".part");
        try {
            requireRoot();
            Files.createDirectories(unfinished);
            createFolders(target.getParent());
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = content.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(target.getParent());
        } catch (IOException failed) {
            discard(draft, failed);
            throw failure("cannot write " + key, failed);
        }
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        try {
            return Optional.of(ByteBuffer.wrap(Files.readAllBytes(path(key))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failure("cannot read " + key, failed);
        }
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        ByteBuffer part = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ)) {
            while (part.hasRemaining()) {
                if (channel.read(part, offset + part.position()) < 0) {
                    throw new EOFException("the object ends before byte " + (offset + length));
                }
            }
            return part.flip();
        } catch (IOException failed) {
            throw failure("cannot read " + key, failed);
        }
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        try {
            requireRoot();
            Path file = path(key);
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException failed) {
            throw failure("cannot look for " + key, failed);
        }
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        int slash = prefix.lastIndexOf('/');
        Path folder = slash < 0 ? root : path(prefix.substring(0, slash));
        try {
            requireRoot();
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> !file.startsWith(unfinished))
                        .filter(Files::isRegularFile)
                        .map(this::key)
                        .filter(key -> key.startsWith(prefix))
                        .sorted()
                        .toList();
            }
        } catch (UncheckedIOException failed) {
            throw failure("cannot list " + prefix, failed.getCause());
        } catch (IOException failed) {
            throw failure("cannot list " + prefix, failed);
        }
    }

    @Override
    public Map<String, Instant> modified(String prefix) throws StorageException {
        Map<String, Instant> found = new HashMap<>();
        for (String key : list(prefix)) {
            try {
                found.put(key, Files.getLastModifiedTime(path(key)).toInstant());
            } catch (NoSuchFileException deletedMeanwhile) {
                continue;
            } catch (IOException failed) {
                throw failure("cannot look at " + key, failed);
            }
        }
        return found;
    }

    @Override
    public void delete(String key) throws StorageException {
        try {
            requireRoot();
            Path file = path(key);
            if (Files.deleteIfExists(file)) {
                force(file.getParent());
            }
        } catch (IOException failed) {
            throw failure("cannot delete " + key, failed);
        }
    }

    private String key(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private Path path(String key) {
        Path path = root.resolve(key).normalize();
        if (key.isBlank() || !path.startsWith(root) || path.equals(root) || path.startsWith(unfinished)) {
            throw new IllegalArgumentException("not a key of this bucket: " + key);
        }
        return path;
    }

    private void requireRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString(), null, "the bucket's folder is gone");
        }
    }

    /** A new folder is only durable once its parent is. */
    private void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            createFolders(folder.getParent());
        }
        Files.createDirectories(folder);
        force(folder.getParent());
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path draft, IOException reason) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException alsoFailed) {
            reason.addSuppressed(alsoFailed);
        }
    }

    private void removeAbandoned(Instant before) throws IOException {
        try (Stream<Path> drafts = Files.list(unfinished)) {
            for (Path draft : drafts.toList()) {
                try {
                    if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
                        Files.deleteIfExists(draft);
                    }
                } catch (NoSuchFileException finishedMeanwhile) {
                    continue;
                }
            }
        }
    }

    private StorageException failure(String what, IOException cause) {
        StorageProblem problem;
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof AccessDeniedException || text.contains("permission denied")) {
            problem = StorageProblem.DENIED;
        } else if (text.contains("no space left") || text.contains("quota")) {
            problem = StorageProblem.FULL;
        } else if (!Files.isDirectory(root)) {
            problem = StorageProblem.MISSING;
        } else {
            problem = StorageProblem.FAILED;
        }
        return new StorageException(problem, what + " in folder " + root, cause);
    }
}
