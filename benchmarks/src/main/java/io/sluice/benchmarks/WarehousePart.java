package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;

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
            double diff = figures.report(
                    "bare SQL diff",
                    EnginePart.median(
                            repetitions, () -> Figures.seconds(() -> expect(0, PlainRoads.sqlDiff(table, connection)))),
                    rows);
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "advanced")) {
                figures.sluiceRun("warehouse: first run, upsert", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                double noChange = EnginePart.median(
                        repetitions, () -> figures.sluiceRun("warehouse: no change", sluice, rows, 0));
                new OnePercent(figures, table, database).measure(connection, sluice, repetitions, rows, noChange);
                figures.ratio("warehouse: no change / bare SQL diff", noChange, diff);
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
        }
    }

    private static void expect(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + " differences, found " + found);
        }
    }
}
