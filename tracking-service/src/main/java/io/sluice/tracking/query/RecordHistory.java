package io.sluice.tracking.query;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.row.TrackedRow;
import java.util.ArrayList;
import java.util.List;

/** What happened to one record over the runs of a sync. Thread-safe; calls block. */
public final class RecordHistory {
    private static final int RUNS_AT_ONCE = 8;

    private final RunQueries queries;
    private final Together together = new Together(RUNS_AT_ONCE);

    /**
     * A row and the run it is of.
     *
     * @param syncRunId the run
     * @param row what happened
     */
    public record Event(long syncRunId, TrackedRow row) {}

    public RecordHistory(RunQueries queries) {
        this.queries = queries;
    }

    /**
     * The record's rows, in the order of the runs.
     *
     * @param perRun most rows of one run: an identifier that is duplicated in the source has as many as it has copies
     */
    public List<Event> of(List<RunLocation> runs, RowFilter record, int perRun) throws StorageException {
        List<List<TrackedRow>> found =
                together.ask(runs, run -> queries.page(run, record, 0, perRun).rows());
        List<Event> events = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            long id = runs.get(run).folder().syncRunId();
            found.get(run).forEach(row -> events.add(new Event(id, row)));
        }
        return events;
    }
}
