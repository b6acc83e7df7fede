package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** The engine against the plain roads, state mode {@code platform}: first run, no change, 1 % changed. */
final class EnginePart implements Benchmark.Part {
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
            double direct = figures.report(
                    "direct road (COPY + staged upsert)",
                    median(Math.min(repetitions, 3), () -> directRoad(table, database, connection)),
                    rows);
            table.emptyTarget(connection);
            WideTable.settle(connection, table.source());
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "basic")) {
                double first = figures.sluiceRun("first run, upsert", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                double noChange = median(repetitions, () -> figures.sluiceRun("no change", sluice, rows, 0));
                long changed = table.change(connection, 100);
                WideTable.settle(connection, table.source());
                double onePercent = figures.sluiceRun("1 % changed", sluice, rows, changed);
                figures.line("");
                figures.ratio("first run / direct road", first, direct);
                figures.ratio("no change / plain COPY", noChange, copy);
                figures.ratio("1 % changed / no change", onePercent, noChange);
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
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

    private static double copyOut(WideTable table, PostgresDatabase database) throws Exception {
        try (Connection source = database.connect()) {
            return Figures.seconds(() -> PlainRoads.copyOut(table, source));
        }
    }

    private static double directRoad(WideTable table, PostgresDatabase database, Connection connection)
            throws Exception {
        table.emptyTarget(connection);
        try (Connection source = database.connect();
                Connection target = database.connect()) {
            return Figures.seconds(() -> PlainRoads.copyAndUpsert(table, source, target));
        }
    }
}
