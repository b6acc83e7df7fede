package io.sluice.control.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports that are not stored yet. The end of a partition is due at once. Progress may wait a little: a busy run tells it
 * many times a second, and only where each stage and partition stands is worth a write. Used by one thread.
 */
public final class PendingReports {
    private static final long PROGRESS_WAITS_NANOS = Duration.ofMillis(500).toNanos();

    private final Map<Place, StageReport.Progress> progress = new LinkedHashMap<>();
    private final List<StageReport> ends = new ArrayList<>();
    private long waitingSince;

    private record Place(long runId, StageReport.Kind stage, int partition) {}

    /**
     * Adds a report.
     *
     * @param now monotonic nanoseconds
     */
    public void add(StageReport report, long now) {
        if (isEmpty()) {
            waitingSince = now;
        }
        switch (report) {
            case StageReport.Progress told ->
                progress.merge(new Place(told.runId(), told.stage(), told.partition()), told, PendingReports::both);
            case StageReport.Ended ended -> ends.add(ended);
        }
    }

    /** The larger total, and the last word on what else is told: that is no total and may go back. */
    private static StageReport.Progress both(StageReport.Progress known, StageReport.Progress later) {
        return new StageReport.Progress(
                later.runId(),
                later.stage(),
                later.partition(),
                Math.max(known.records(), later.records()),
                later.delayed().or(known::delayed));
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return progress.isEmpty() && ends.isEmpty();
    }

    /** Whether what waits should be stored now. */
    public boolean isDue(long now) {
        return !ends.isEmpty() || (!progress.isEmpty() && now - waitingSince >= PROGRESS_WAITS_NANOS);
    }

    /** Everything that waits, progress before ends, ends in their order; nothing waits afterwards. */
    public List<StageReport> take() {
        List<StageReport> taken = new ArrayList<>(progress.values());
        taken.addAll(ends);
        progress.clear();
        ends.clear();
        return taken;
    }
}
