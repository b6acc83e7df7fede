package io.sluice.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Files that hold the process id of a running child, so that a start after an accident can end what was left behind. A
 * process is ended only when its command line carries our marker: process ids are used again by the system.
 */
public final class PidFiles {
    private static final Duration ORDERLY = Duration.ofSeconds(5);
    private static final Duration FORCED = Duration.ofSeconds(5);

    private PidFiles() {}

    static void write(Path file, long pid) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Long.toString(pid), StandardCharsets.US_ASCII);
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    /**
     * Ends every process that a file {@code *.pid} in this directory names and whose command line contains the marker,
     * then deletes those files.
     *
     * @return how many processes were ended
     */
    public static int endLeftovers(Path directory, String marker) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int ended = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pid")) {
            for (Path file : files) {
                if (endLeftover(file, marker)) {
                    ended++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + directory, e);
        }
        return ended;
    }

    /** Ends the process that this file names when it is ours, and deletes the file. */
    static boolean endLeftover(Path file, String marker) {
        Optional<ProcessHandle> leftover = read(file).filter(process -> isOurs(process, marker));
        leftover.ifPresent(PidFiles::end);
        delete(file);
        return leftover.isPresent();
    }

    private static Optional<ProcessHandle> read(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException unusable) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(ProcessHandle process, String marker) {
        return process.isAlive() && SystemTools.commandLine(process).contains(marker);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!gone(process, ORDERLY)) {
            process.destroyForcibly();
            gone(process, FORCED);
        }
    }

    private static boolean gone(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException e) {
            throw new PartException("Cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
