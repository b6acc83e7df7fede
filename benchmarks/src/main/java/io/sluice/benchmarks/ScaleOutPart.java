package io.sluice.benchmarks;

import io.sluice.embedded.EmbeddedPart;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loader replicas against a slow destination: a webhook that takes 50 ms for each answer. What one process sends per second
 * is bounded by the calls it may have under way, so more processes should send as many times more. Calls per second are
 * counted where they arrive, between the first and the last of a run: the start of a run is not what is measured.
 */
final class ScaleOutPart implements Benchmark.Part {
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int ROWS_PER_REQUEST = 5;
    private static final long ROWS = 40_000;

    /** A process that has just started compiles its code while it is measured. */
    private static final int WARM_UPS = 2;

    /** As many as the topic has partitions: more would have nothing to do. */
    private static final int REPLICAS = 4;

    private final Figures figures;

    ScaleOutPart(Figures figures) {
        this.figures = figures;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("spread");
        List<EmbeddedPart> replicas = new ArrayList<>();
        try (HttpSink sink = new HttpSink(LATENCY);
                Connection connection = database.connect();
                SluiceRoad sluice = sync(stack, database, connection, table, sink)) {
            sluice.run();
            double one = callsPerSecond(sluice, connection, table, sink);
            for (int number = 2; number <= REPLICAS; number++) {
                replicas.add(stack.startReplica("loader", number));
            }
            // the new processes get their partitions and warm up
            for (int run = 0; run < WARM_UPS; run++) {
                callsPerSecond(sluice, connection, table, sink);
            }
            double four = callsPerSecond(sluice, connection, table, sink);
            figures.line("%n%-36s %8.1f calls/s", "1 loader, 50 ms per call", one);
            figures.line("%-36s %8.1f calls/s", REPLICAS + " loaders, 50 ms per call", four);
            figures.ratio(REPLICAS + " loaders / 1 loader", four, one);
        } finally {
            replicas.forEach(EmbeddedPart::stop);
        }
    }

    private static SluiceRoad sync(
            Stack stack, PostgresDatabase database, Connection connection, WideTable table, HttpSink sink)
            throws Exception {
        table.create(connection, ROWS);
        return new SluiceRoad(
                stack,
                database,
                table,
                "basic",
                new SluiceRoad.Destination(
                        "webhook", Map.of("url", sink.url(), "records_per_request", ROWS_PER_REQUEST), "event"));
    }

    private static double callsPerSecond(SluiceRoad sluice, Connection connection, WideTable table, HttpSink sink)
            throws Exception {
        table.change(connection, 1);
        sink.restart();
        sluice.run();
        return sink.rate();
    }
}
