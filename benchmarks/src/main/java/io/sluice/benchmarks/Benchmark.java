package io.sluice.benchmarks;

import io.sluice.embedded.Directories;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Reporter;
import io.sluice.standalone.stack.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures Sluice against the plain roads, on one machine in one go, and prints medians, rates, processor seconds, peak
 * memory and ratios.
 *
 * <p>Arguments: the parts ({@code engine}, {@code warehouse}, {@code webhook}, {@code scale-out},
 * {@code latency}; all of these when none is named; and {@code large}, ten times the rows,
 * and {@code first-run}, a part of {@code engine}), rows (default 1,000,000),
 * repetitions of the short ones (default 3).
 */
public final class Benchmark {
    private static final PrintStream OUT = System.out;

    private Benchmark() {}

    /** One group of measurements on a running stack. */
    interface Part {
        void run(Stack stack, PostgresDatabase database) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> numbers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Arrays.stream(arguments).forEach(each -> (each.matches("[0-9]+") ? numbers : names).add(each));
        long rows = numbers.isEmpty() ? 1_000_000 : Long.parseLong(numbers.get(0));
        int repetitions = numbers.size() > 1 ? Integer.parseInt(numbers.get(1)) : 3;
        Map<String, Part> parts = parts(new Figures(OUT), rows, repetitions);
        if (!parts.keySet().containsAll(names)) {
            OUT.println("benchmark: the parts are " + parts.keySet());
            System.exit(2);
        }
        if (names.isEmpty()) {
            parts.keySet().removeAll(List.of(LargePart.NAME, FirstRuns.NAME));
        } else {
            parts.keySet().retainAll(names);
        }
        run(parts.values());
    }

    private static Map<String, Part> parts(Figures figures, long rows, int repetitions) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("engine", new EnginePart(figures, rows, repetitions));
        parts.put("warehouse", new WarehousePart(figures, rows, repetitions));
        parts.put("webhook", new WebhookPart(figures, rows, repetitions));
        parts.put("scale-out", new ScaleOutPart(figures));
        parts.put("latency", new LatencyPart(figures, rows, repetitions));
        parts.put(LargePart.NAME, new LargePart(figures, rows));
        parts.put(FirstRuns.NAME, (stack, database) -> FirstRuns.alone(figures, stack, database, rows, repetitions));
        return parts;
    }

    private static void run(Iterable<Part> parts) throws Exception {
        Path data = Files.createTempDirectory("sluice-benchmark");
        Stack stack = Stack.open(new Stack.Settings(data, "127.0.0.1", freePort()), new Quiet());
        // whoever ends it early wants the gigabytes back, too
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(stack, data)));
        stack.start();
        for (Part part : parts) {
            part.run(stack, stack.recreateDatabase("bench"));
        }
        stack.stop();
    }

    private static void remove(Stack stack, Path data) {
        stack.close();
        try {
            Directories.delete(data);
        } catch (IOException left) {
            OUT.println("! " + data + " could not be removed: " + left.getMessage());
        }
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
