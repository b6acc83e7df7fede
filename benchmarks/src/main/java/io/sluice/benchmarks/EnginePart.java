package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine against the plain roads, state mode {@code platform}: first run, no change, 1 % changed. Services live for
 * weeks, so the figures that are compared are medians of a warm stack, as those of the plain roads are; the first run of all,
 * on a stack just started, is printed beside them.
 */
final class EnginePart implements Benchmark.Part {
    private static final int FIRST_RUNS = 3;

    /** The compilers of five processes are not done before. */
    private static final int WARM_UPS = 2;

    /** To the destination, for the first runs that use more than the one a user gets without saying so. */
    private static final int CONNECTIONS = 4;

    private final Figures figures;
    private final long rows;
    private final int repetitions;

    EnginePart(Figures figures, long rows, int repetitions) {
        this.figures = figures;
        this.rows = rows;
        this.repetitions = repetitions;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("wide");
        try (Connection connection = database.connect()) {
            figures.line("making a table of %,d rows x %d columns", rows, WideTable.COLUMNS.size());
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            double copy =
                    figures.report("plain binary COPY out", median(repetitions, () -> copyOut(table, database)), rows);
            double cold = firstRun(stack, database, table, connection, "first run on a cold stack", 1);
            for (int i = 0; i < WARM_UPS; i++) {
                firstRun(stack, database, table, connection, "first run, warm-up", 1);
            }
            // in turn, so that a machine that is slower for some minutes is slower for both
            List<Double> directs = new ArrayList<>();
            List<Double> firsts = new ArrayList<>();
            List<Double> wide = new ArrayList<>();
            for (int i = 0; i < Math.min(repetitions, FIRST_RUNS); i++) {
                directs.add(figures.report(
                        "direct road (COPY + staged upsert)", directRoad(table, database, connection), rows));
                firsts.add(firstRun(stack, database, table, connection, "first run, upsert", 1));
                wide.add(firstRun(
                        stack,
                        database,
                        table,
                        connection,
                        "the same over " + CONNECTIONS + " connections",
                        CONNECTIONS));
            }
            double direct = Figures.median(directs);
            double first = Figures.median(firsts);
            table.emptyTarget(connection);
            WideTable.settle(connection, table.source());
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "basic")) {
                figures.sluiceRun("first run of the sync used from here", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                figures.sluiceRun("no change, warm-up", sluice, rows, 0);
                double noChange = median(repetitions, () -> figures.sluiceRun("no change", sluice, rows, 0));
                new OnePercent(figures, table, database).measure(connection, sluice, repetitions, rows, noChange);
                figures.ratio("cold first run / direct road", cold, direct);
                figures.ratio("first run / direct road", first, direct);
                figures.ratio("the same over " + CONNECTIONS + " connections", Figures.median(wide), direct);
                figures.ratio("no change / plain COPY", noChange, copy);
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
        }
    }

    /** One first run: a sync of its own, into an empty table. */
    private double firstRun(
            Stack stack,
            PostgresDatabase database,
            WideTable table,
            Connection connection,
            String what,
            int connections)
            throws Exception {
        table.emptyTarget(connection);
        WideTable.settle(connection, table.source());
        try (SluiceRoad sluice = SluiceRoad.over(connections, stack, database, table, "basic")) {
            double seconds = figures.sluiceRun(what, sluice, rows, rows);
            long different = table.differences(connection);
            if (different != 0) {
                throw new IllegalStateException(different + " rows differ after the first run");
            }
            return seconds;
        }
    }

    /** One repetition; gives its seconds. */
    @FunctionalInterface
    interface Repetition {
        double run() throws Exception;
    }

    static double median(int repetitions, Repetition repetition) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            seconds.add(repetition.run());
        }
        return Figures.median(seconds);
    }

    static double copyOut(WideTable table, PostgresDatabase database) throws Exception {
        try (Connection source = database.connect()) {
            return Figures.seconds(() -> PlainRoads.copyOut(table, source));
        }
    }

    static double directRoad(WideTable table, PostgresDatabase database, Connection connection) throws Exception {
        table.emptyTarget(connection);
        try (Connection source = database.connect();
                Connection target = database.connect()) {
            return Figures.seconds(() -> PlainRoads.copyAndUpsert(table, source, target));
        }
    }
}
