package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** State mode {@code warehouse} against the bare SQL diff: first run, no change, 1 % changed. */
final class WarehousePart implements Benchmark.Part {
    private final Figures figures;
    private final long rows;
    private final int repetitions;

    WarehousePart(Figures figures, long rows, int repetitions) {
        this.figures = figures;
        this.rows = rows;
        this.repetitions = repetitions;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("kept");
        try (Connection connection = database.connect()) {
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            PlainRoads.keepHashes(table, connection);
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "advanced")) {
                figures.sluiceRun("warehouse: first run, upsert", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                figures.sluiceRun("warehouse: no change, warm-up", sluice, rows, 0);
                // in turn, so that a machine that is slower for some minutes is slower for both
                List<Double> diffs = new ArrayList<>();
                List<Double> runs = new ArrayList<>();
                for (int i = 0; i < repetitions; i++) {
                    diffs.add(figures.report("bare SQL diff", bareDiff(table, connection), rows));
                    runs.add(figures.sluiceRun("warehouse: no change", sluice, rows, 0));
                }
                double noChange = Figures.median(runs);
                new OnePercent(figures, table, database).measure(connection, sluice, repetitions, rows, noChange);
                figures.ratio("warehouse: no change / bare SQL diff", noChange, Figures.median(diffs));
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
        }
    }

    private static double bareDiff(WideTable table, Connection connection) throws Exception {
        return Figures.seconds(() -> expect(0, PlainRoads.sqlDiff(table, connection)));
    }

    private static void expect(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + " differences, found " + found);
        }
    }
}
