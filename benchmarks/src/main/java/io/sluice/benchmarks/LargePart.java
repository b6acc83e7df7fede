package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;

/**
 * Ten times as many rows as the engine's part, once each: whether seconds grow with rows, and memory does not. Takes a
 * quarter of an hour and some 30 GB of disk for the default of 10,000,000 rows, so it runs only when it is named.
 */
final class LargePart implements Benchmark.Part {
    static final String NAME = "large";
    private static final int TIMES = 10;

    private final Figures figures;
    private final long rows;

    LargePart(Figures figures, long rows) {
        this.figures = figures;
        this.rows = rows * TIMES;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("large");
        try (Connection connection = database.connect()) {
            figures.line("making a table of %,d rows x %d columns", rows, WideTable.COLUMNS.size());
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            double copy = figures.report("plain binary COPY out", PlainRoads.copyOut(table, database), rows);
            double direct = figures.report(
                    "direct road (COPY + staged upsert)", PlainRoads.direct(table, database, connection), rows);
            table.emptyTarget(connection);
            WideTable.settle(connection, table.source());
            try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "basic")) {
                double first = figures.sluiceRun("first run on a cold stack", sluice, rows, rows);
                WideTable.settle(connection, table.target());
                double noChange = figures.sluiceRun("no change", sluice, rows, 0);
                figures.line("");
                figures.ratio("first run / direct road", first, direct);
                figures.ratio("no change / plain COPY", noChange, copy);
                figures.line("%-36s %8d", "rows that differ afterwards", table.differences(connection));
            }
        }
    }
}
