package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;

/** How long somebody waits: a few changes in a small table, alone and beside a run of a big table. */
final class LatencyPart implements Benchmark.Part {
    private static final long SMALL_ROWS = 10_000;
    private static final int ONE_IN = 100;
    private static final long TINY_ROWS = 100;

    private final Figures figures;
    private final long bigRows;
    private final int repetitions;

    LatencyPart(Figures figures, long bigRows, int repetitions) {
        this.figures = figures;
        this.bigRows = bigRows;
        this.repetitions = repetitions;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        try (Connection connection = database.connect()) {
            for (String engine : new String[] {"basic", "advanced"}) {
                changesOfASmallTable(stack, database, connection, engine);
            }
            smallBesideBig(stack, database, connection, false);
            smallBesideBig(stack, database, connection, true);
        }
    }

    private void changesOfASmallTable(Stack stack, PostgresDatabase database, Connection connection, String engine)
            throws Exception {
        WideTable table = new WideTable("small_" + engine);
        table.create(connection, SMALL_ROWS);
        try (SluiceRoad sluice = new SluiceRoad(stack, database, table, engine)) {
            sluice.run();
            double seconds = Figures.median(repetitions, () -> {
                table.change(connection, ONE_IN);
                return sluice.run().seconds();
            });
            figures.report(engine + ": 100 changed of 10,000", seconds, SMALL_ROWS);
        }
    }

    private void smallBesideBig(Stack stack, PostgresDatabase database, Connection connection, boolean sameDestination)
            throws Exception {
        String suffix = sameDestination ? "_same" : "_other";
        WideTable big = new WideTable("big" + suffix);
        WideTable tiny = new WideTable("tiny" + suffix);
        big.create(connection, bigRows);
        tiny.create(connection, TINY_ROWS);
        try (SluiceRoad bigRoad = new SluiceRoad(stack, database, big, "basic");
                SluiceRoad tinyRoad = sameDestination
                        ? new SluiceRoad(stack, database, tiny, "basic", bigRoad)
                        : new SluiceRoad(stack, database, tiny, "basic")) {
            CompletableFuture<Double> bigRun = CompletableFuture.supplyAsync(() -> secondsOf(bigRoad));
            bigRoad.awaitWorking();
            figures.report(
                    "100 rows beside a run of " + bigRows + ", " + (sameDestination ? "same" : "other")
                            + " destination",
                    secondsOf(tinyRoad),
                    TINY_ROWS);
            figures.line("%-36s %8s", "the big run still worked then", !bigRun.isDone());
            if (!bigRun.isDone()) {
                figures.report("the same again, later in the big run", secondsOf(tinyRoad), TINY_ROWS);
                figures.line("%-36s %8s", "the big run still worked then", !bigRun.isDone());
            }
            figures.report("the big run", bigRun.join(), bigRows);
        }
    }

    private static double secondsOf(SluiceRoad road) {
        try {
            return road.run().seconds();
        } catch (InterruptedException failed) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a run of the benchmark failed", failed);
        }
    }
}
