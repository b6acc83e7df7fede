package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Reporter;
import io.sluice.standalone.stack.Stack;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures, on one machine in one go: plain binary COPY out; COPY and staged upsert in one process (the direct road); our
 * first run; our runs without and with a few changes. Prints medians, rates, processor seconds, peak memory and ratios.
 *
 * <p>Arguments: rows (default 1,000,000), repetitions of the short ones (default 3).
 */
public final class Benchmark {
    private static final PrintStream OUT = System.out;

    private final long rows;
    private final int repetitions;

    private Benchmark(long rows, int repetitions) {
        this.rows = rows;
        this.repetitions = repetitions;
    }

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        new Benchmark(rows, repetitions).run();
    }

    private void run() throws Exception {
        Path data = Files.createTempDirectory("sluice-benchmark");
        try (Stack stack = Stack.open(new Stack.Settings(data, "127.0.0.1", freePort()), new Quiet())) {
            stack.start();
            PostgresDatabase database = stack.recreateDatabase("bench");
            try (Connection connection = database.connect();
                    SluiceRoad sluice = road(stack, database, connection)) {
                measure(database, connection, sluice);
            }
        }
    }

    private SluiceRoad road(Stack stack, PostgresDatabase database, Connection connection) throws Exception {
        OUT.printf(Locale.ROOT, "making a table of %,d rows x %d columns%n", rows, WideTable.COLUMNS.size());
        WideTable.create(connection, rows);
        WideTable.settle(connection, WideTable.SOURCE);
        return new SluiceRoad(stack, database);
    }

    private void measure(PostgresDatabase database, Connection connection, SluiceRoad sluice) throws Exception {
        double copy = plainCopy(database);
        double direct = directRoad(database, connection);
        WideTable.emptyTarget(connection);
        WideTable.settle(connection, WideTable.SOURCE);
        double first = sluiceRun("first run, upsert", sluice, rows);
        WideTable.settle(connection, WideTable.TARGET);
        List<Double> unchanged = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            unchanged.add(sluiceRun("no change", sluice, 0));
        }
        long changed = WideTable.change(connection, 100);
        WideTable.settle(connection, WideTable.SOURCE);
        double onePercent = sluiceRun("1 % changed", sluice, changed);
        double noChange = median(unchanged);
        OUT.println();
        OUT.printf(Locale.ROOT, "first run / direct road      %5.2f x%n", first / direct);
        OUT.printf(Locale.ROOT, "no change / plain COPY       %5.2f x  (median of %d)%n", noChange / copy, repetitions);
        OUT.printf(Locale.ROOT, "1 %% changed / no change      %5.2f x%n", onePercent / noChange);
        OUT.printf(Locale.ROOT, "rows that differ afterwards  %d%n", WideTable.differences(connection));
    }

    private double plainCopy(PostgresDatabase database) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            try (Connection source = database.connect()) {
                long start = System.nanoTime();
                PlainRoads.copyOut(source);
                seconds.add(since(start));
            }
        }
        return report("plain binary COPY out", median(seconds));
    }

    private double directRoad(PostgresDatabase database, Connection connection) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < Math.min(repetitions, 3); i++) {
            WideTable.emptyTarget(connection);
            try (Connection source = database.connect();
                    Connection target = database.connect()) {
                long start = System.nanoTime();
                PlainRoads.copyAndUpsert(source, target);
                seconds.add(since(start));
            }
        }
        return report("direct road (COPY + staged upsert)", median(seconds));
    }

    private double report(String what, double seconds) {
        OUT.printf(Locale.ROOT, "%n%-36s %8.2f s  %,10.0f rows/s%n", what, seconds, rows / seconds);
        return seconds;
    }

    private double sluiceRun(String what, SluiceRoad sluice, long expected) throws Exception {
        ProcessUse use = ProcessUse.start(sluice::pids);
        long start = System.nanoTime();
        JsonNode run = sluice.run();
        double seconds = since(start);
        Map<String, ProcessUse.Use> uses = use.stop();
        if (run.path("records_processed").asLong() != expected) {
            throw new IllegalStateException("expected " + expected + " records processed: " + run);
        }
        report(what, seconds);
        double total = 0;
        long peak = 0;
        for (Map.Entry<String, ProcessUse.Use> entry : uses.entrySet()) {
            total += entry.getValue().cpuSeconds();
            peak += entry.getValue().peakMib();
            OUT.printf(
                    Locale.ROOT,
                    "    %-16s %6.1f CPU-s  %5d MiB peak%n",
                    entry.getKey(),
                    entry.getValue().cpuSeconds(),
                    entry.getValue().peakMib());
        }
        OUT.printf(Locale.ROOT, "    %-16s %6.1f CPU-s  %5d MiB%n", "together", total, peak);
        return seconds;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Only problems are worth a line among the figures. */
    private static final class Quiet implements Reporter {
        @Override
        public void step(String text) {}

        @Override
        public void problem(String text) {
            OUT.println("! " + text);
        }
    }
}
