package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the time and prints it. Used by one thread. */
final class Figures {
    private final PrintStream out;

    Figures(PrintStream out) {
        this.out = out;
    }

    /** Something to measure. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** A line of text. */
    void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Seconds that a piece of work takes. */
    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Prints and gives back a figure. */
    double report(String what, double seconds, long rows) {
        line("%n%-36s %8.2f s  %,10.0f rows/s", what, seconds, rows / seconds);
        return seconds;
    }

    /** How one figure compares with another. */
    void ratio(String what, double figure, double base) {
        line("%-36s %8.2f x", what, figure / base);
    }

    /** Measures a sync run and what each process used meanwhile. */
    double sluiceRun(String what, SluiceRoad sluice, long rows, long expected) throws Exception {
        ProcessUse use = ProcessUse.start(sluice::pids);
        SluiceRoad.Ended ended = sluice.run();
        JsonNode run = ended.state();
        double seconds = ended.seconds();
        Map<String, ProcessUse.Use> uses = use.stop();
        if (run.path("records_processed").asLong() != expected) {
            throw new IllegalStateException("expected " + expected + " records processed: " + run);
        }
        report(what, seconds, rows);
        double total = 0;
        long peak = 0;
        for (Map.Entry<String, ProcessUse.Use> entry : uses.entrySet()) {
            total += entry.getValue().cpuSeconds();
            peak += entry.getValue().peakMib();
            line(
                    "    %-16s %6.1f CPU-s  %5d MiB peak",
                    entry.getKey(),
                    entry.getValue().cpuSeconds(),
                    entry.getValue().peakMib());
        }
        line("    %-16s %6.1f CPU-s  %5d MiB", "together", total, peak);
        return seconds;
    }

    /** The middle one. */
    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** One repetition; gives its seconds. */
    @FunctionalInterface
    interface Repetition {
        double run() throws Exception;
    }

    /** The middle one of so many repetitions. */
    static double median(int repetitions, Repetition repetition) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            seconds.add(repetition.run());
        }
        return median(seconds);
    }
}
