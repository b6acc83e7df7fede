package io.sluice.standalone.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that holds everything a stack remembers. One stack at a time may use it: it stays locked until it is
 * closed, or until this process ends.
 */
public final class DataDirectory implements AutoCloseable {
    private static final long NEEDED_BYTES = 500L * 1000 * 1000;

    private final Path root;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the folder when it is missing and locks it.
     *
     * @throws StackException when it cannot be written, another stack uses it, or the disk is nearly full
     */
    public static DataDirectory open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            DataDirectory directory = new DataDirectory(root, lock(root));
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < NEEDED_BYTES) {
                directory.close();
                throw new StackException("the disk of " + root + " is nearly full (" + free / 1_000_000
                        + " MB free, Sluice needs " + NEEDED_BYTES / 1_000_000
                        + " MB): free some space, or choose another folder with --data");
            }
            return directory;
        } catch (IOException e) {
            throw new StackException(
                    "the data folder " + root + " cannot be written (" + e.getMessage()
                            + "): choose another one with --data",
                    e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            locked = false;
        }
        if (!locked) {
            String holder = holder(channel);
            channel.close();
            throw new StackException("another Sluice" + holder + " already runs on " + root
                    + ": stop it first, or choose another folder with --data");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** Log files, one per process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The log file of one process. */
    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** What only a running stack needs: process ids and ports. */
    public Path run() {
        return root.resolve("run");
    }

    /** The file with the process id of one process. */
    public Path pid(String name) {
        return run().resolve(name + ".pid");
    }

    /** Data of PostgreSQL. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Data of Kafka. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The bucket folder with the tracking files. */
    public Path bucket() {
        return root.resolve("bucket");
    }

    /** The differ's local state. */
    public Path differState() {
        return root.resolve("differ-state");
    }

    /** What the extractor has sent before. */
    public Path knownRows() {
        return root.resolve("known-rows");
    }

    /** Passwords and keys that were made for this folder. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** The workspace API key, there when the API answers. */
    public Path apiToken() {
        return root.resolve("api-token");
    }

    /** Gives the folder free for another stack. */
    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
