package io.sluice.differ.diff;

import io.sluice.contract.RereadRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows that came without their payload, believed to be known, and are not what the state has. Used by one thread. */
final class MissedRows {
    /** Most rows that are asked for one by one; beyond them all are, for the extractor's belief is worth nothing. */
    static final int MOST = 10_000;

    private MissedRows() {}

    /** What must be asked for before the bracket of this attempt may be closed; empty when nothing. */
    static Optional<RereadRun> request(RunStore runs, RunProgress progress) {
        long runId = progress.facts().syncRunId();
        List<long[]> pieces = new ArrayList<>();
        int[] count = new int[1];
        runs.forEachMissed(runId, rows -> {
            count[0] += rows.length;
            if (count[0] <= MOST) {
                pieces.add(rows);
            }
        });
        if (count[0] == 0) {
            return Optional.empty();
        }
        ByteBuffer missed = ByteBuffer.allocate(count[0] <= MOST ? count[0] * Long.BYTES : 0);
        if (missed.hasRemaining()) {
            for (long[] rows : pieces) {
                for (long row : rows) {
                    missed.putLong(row);
                }
            }
        }
        return Optional.of(new RereadRun(runId, progress.facts().syncId(), progress.attemptId(), missed.flip()));
    }
}
