package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs in which one row of a hundred has changed, against runs without changes and what the changed rows cost by themselves:
 * read by their key and upserted by the direct road, in one process.
 */
final class OnePercent {
    private static final int ONE_IN = 100;

    private final Figures figures;
    private final WideTable table;
    private final PostgresDatabase database;

    OnePercent(Figures figures, WideTable table, PostgresDatabase database) {
        this.figures = figures;
        this.table = table;
        this.database = database;
    }

    /** Changes, syncs and measures that often; prints the medians against that of a run without changes. */
    void measure(Connection connection, SluiceRoad sluice, int repetitions, long rows, double noChange)
            throws Exception {
        List<Double> runs = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            long changed = table.change(connection, ONE_IN);
            WideTable.settle(connection, table.source());
            WideTable.settle(connection, table.target());
            runs.add(figures.sluiceRun("1 % changed", sluice, rows, changed));
            own.add(ownCost());
        }
        double run = Figures.median(runs);
        double alone = figures.report("the changed rows by the direct road", Figures.median(own), rows / ONE_IN);
        figures.line("");
        figures.ratio("1 % changed / no change", run, noChange);
        figures.ratio("(1 % changed - rows' own) / no change", run - alone, noChange);
    }

    private double ownCost() throws Exception {
        try (Connection source = database.connect();
                Connection target = database.connect()) {
            return Figures.seconds(() -> PlainRoads.copyAndUpsertChanged(table, ONE_IN, source, target));
        }
    }
}
