package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.sql.Connection;

/** The first runs of the engine's part and nothing else, for whoever works on them: half as long. Only when it is named. */
final class FirstRunPart implements Benchmark.Part {
    static final String NAME = "first-run";

    private final Figures figures;
    private final long rows;
    private final int repetitions;

    FirstRunPart(Figures figures, long rows, int repetitions) {
        this.figures = figures;
        this.rows = rows;
        this.repetitions = repetitions;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("wide");
        try (Connection connection = database.connect()) {
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            new FirstRuns(figures, stack, database, table, rows).measure(connection, repetitions);
        }
    }
}
