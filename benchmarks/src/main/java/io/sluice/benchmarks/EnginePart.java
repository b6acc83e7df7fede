package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;

/**
 * The engine against the plain roads, state mode {@code platform}: first run, no change, 1 % changed. Services live for
 * weeks, so the figures that are compared are medians of a warm stack, as those of the plain roads are; the first run of all,
 * on a stack just started, is printed beside them.
 */
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
            double copy = figures.report(
                    "plain binary COPY out",
                    Figures.median(repetitions, () -> PlainRoads.copyOut(table, database)),
                    rows);
            new FirstRuns(figures, stack, database, table, rows).measure(connection, repetitions);
            WideTable.settle(connection, table.source());
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "basic")) {
                figures.sluiceRun("first run of the sync used from here", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                figures.sluiceRun("no change, warm-up", sluice, rows, 0);
                double noChange = Figures.median(repetitions, () -> figures.sluiceRun("no change", sluice, rows, 0));
                new OnePercent(figures, table, database).measure(connection, sluice, repetitions, rows, noChange);
                figures.ratio("no change / plain COPY", noChange, copy);
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
        }
    }
}
