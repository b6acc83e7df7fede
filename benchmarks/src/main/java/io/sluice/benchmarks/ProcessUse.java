package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Processor time and peak resident memory of named process trees, as Linux tells it. A thread samples memory until
 * {@link #stop}. Processes that end in between (PostgreSQL's backends) keep their processor time: their parent inherits it.
 */
final class ProcessUse {
    private static final long TICKS_PER_SECOND = 100;

    /**
     * The kernel walks all page tables to answer, with the process's memory map locked: five times a second that was an eighth
     * of the machine.
     */
    private static final long SAMPLE_MILLIS = 5_000;

    /**
     * What one process tree used.
     *
     * @param cpuSeconds user and system time
     * @param peakMib largest resident set seen, in MiB
     */
    record Use(double cpuSeconds, long peakMib) {}

    private final Supplier<Map<String, Long>> pids;
    private final Map<String, Double> before = new TreeMap<>();
    private final Map<String, Long> peaks = new TreeMap<>();
    private final Thread sampler;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ProcessUse(Supplier<Map<String, Long>> pids) {
        this.pids = pids;
        pids.get().forEach((name, pid) -> before.put(name, cpuSeconds(pid)));
        this.sampler = Thread.ofPlatform().daemon().name("memory-sampler").start(this::sample);
    }

    /** Starts measuring the processes of these names and ids. */
    static ProcessUse start(Supplier<Map<String, Long>> pids) {
        return new ProcessUse(pids);
    }

    private void sample() {
        try {
            do {
                pids.get().forEach((name, pid) -> peaks.merge(name, residentMib(pid), Math::max));
            } while (!stopped.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends measuring. */
    Map<String, Use> stop() throws InterruptedException {
        stopped.countDown();
        sampler.join();
        Map<String, Use> uses = new TreeMap<>();
        pids.get()
                .forEach((name, pid) -> uses.put(
                        name, new Use(cpuSeconds(pid) - before.getOrDefault(name, 0.0), peaks.getOrDefault(name, 0L))));
        return uses;
    }

    private static Stream<Long> tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid);
    }

    private static double cpuSeconds(long root) {
        return tree(root).mapToDouble(ProcessUse::cpuOfOne).sum();
    }

    /** Fields 14 to 17 of /proc/PID/stat: own user and system time, and that of children that have ended. */
    private static double cpuOfOne(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        int afterName = stat.lastIndexOf(')');
        if (afterName < 0) {
            return 0;
        }
        List<String> fields = List.of(stat.substring(afterName + 2).split(" "));
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields.get(field));
        }
        return (double) ticks / TICKS_PER_SECOND;
    }

    private static long residentMib(long root) {
        return tree(root).mapToLong(ProcessUse::proportionalKib).sum() / 1024;
    }

    /** The proportional set: pages that PostgreSQL's processes share count once. */
    private static long proportionalKib(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
