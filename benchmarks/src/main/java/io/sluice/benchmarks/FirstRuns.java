package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** First runs of the wide table, each of a sync of its own into an empty table, in turn with the direct road. */
final class FirstRuns {
    /** The part that is these runs and nothing else, for whoever works on them: half as long as the engine's. */
    static final String NAME = "first-run";

    private static final int MEASURED = 3;

    /** The compilers of five processes are not done before. */
    private static final int WARM_UPS = 2;

    /** To the destination, for the first runs that use more than the one a user gets without saying so. */
    private static final int CONNECTIONS = 4;

    private final Figures figures;
    private final Stack stack;
    private final PostgresDatabase database;
    private final WideTable table;
    private final long rows;

    FirstRuns(Figures figures, Stack stack, PostgresDatabase database, WideTable table, long rows) {
        this.figures = figures;
        this.stack = stack;
        this.database = database;
        this.table = table;
        this.rows = rows;
    }

    /** Measures them on a table of their own. */
    static void alone(Figures figures, Stack stack, PostgresDatabase database, long rows, int repetitions)
            throws Exception {
        WideTable table = new WideTable("wide");
        try (Connection connection = database.connect()) {
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            new FirstRuns(figures, stack, database, table, rows).measure(connection, repetitions);
        }
    }

    /**
     * Measures and prints; leaves an empty target.
     *
     * @param repetitions how many of each, three at most: they are long
     */
    void measure(Connection connection, int repetitions) throws Exception {
        double cold = firstRun(connection, "first run on a cold stack", 1);
        for (int i = 0; i < WARM_UPS; i++) {
            firstRun(connection, "first run, warm-up", 1);
        }
        // in turn, so that a machine that is slower for some minutes is slower for both
        List<Double> directs = new ArrayList<>();
        List<Double> firsts = new ArrayList<>();
        List<Double> wide = new ArrayList<>();
        for (int i = 0; i < Math.min(repetitions, MEASURED); i++) {
            directs.add(figures.report(
                    "direct road (COPY + staged upsert)", PlainRoads.direct(table, database, connection), rows));
            firsts.add(firstRun(connection, "first run, upsert", 1));
            wide.add(firstRun(connection, "the same over " + CONNECTIONS + " connections", CONNECTIONS));
        }
        table.emptyTarget(connection);
        double direct = Figures.median(directs);
        figures.line("");
        figures.ratio("cold first run / direct road", cold, direct);
        figures.ratio("first run / direct road", Figures.median(firsts), direct);
        figures.ratio("the same over " + CONNECTIONS + " connections", Figures.median(wide), direct);
    }

    private double firstRun(Connection connection, String what, int connections) throws Exception {
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
}
