package io.sluice.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory of processes as Linux tells it. */
public final class ProcessMemory {
    private ProcessMemory() {}

    /**
     * Memory of a process and all its descendants in bytes; 0 where {@code /proc} is missing. Shared pages (PostgreSQL's
     * buffers) are counted once when the kernel offers proportional sizes, else once per process.
     */
    public static long residentBytes(long pid) {
        Stream<Long> descendants = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), descendants)
                .mapToLong(ProcessMemory::ofOne)
                .sum();
    }

    private static long ofOne(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        long proportional = kibibytes(proc.resolve("smaps_rollup"), "Pss:");
        return 1024 * (proportional > 0 ? proportional : kibibytes(proc.resolve("status"), "VmRSS:"));
    }

    private static long kibibytes(Path file, String key) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
