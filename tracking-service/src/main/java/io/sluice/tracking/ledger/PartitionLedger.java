package io.sluice.tracking.ledger;

import io.sluice.contract.LoadEnded;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.TrackedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Buffers the rows of one partition and says when and how they become files. Not thread-safe.
 *
 * <p>A cut is first promised (its end offset and file numbers are committed), then done. A ledger that starts from a promised
 * cut makes that cut first, with exactly its rows: so a file's content is decided before its first byte is written, and
 * whoever writes it, however often, writes the same.
 */
public final class PartitionLedger {
    private final CutPolicy policy;
    private final SortedMap<Long, FileSequence> runs;
    private final Map<Long, Map<BatchType, List<TrackedRow>>> buffers = new LinkedHashMap<>();
    private final Map<Long, LoadEnded> ended = new LinkedHashMap<>();
    private long committed;
    private long position;
    private OptionalLong promisedCut;
    private int rows;
    private long bytes;
    private Instant waitingSince;

    public PartitionLedger(CutPolicy policy, Checkpoint checkpoint) {
        this.policy = policy;
        this.runs = new TreeMap<>(checkpoint.runs());
        this.committed = checkpoint.position();
        this.position = checkpoint.position();
        this.promisedCut = checkpoint.promisedCut();
    }

    /** The next offset to consume. */
    public long position() {
        return position;
    }

    /** Whether the file numbers of a run are known; if not, {@link #open} it before its rows. */
    public boolean knows(long syncRunId) {
        return runs.containsKey(syncRunId);
    }

    /** Makes a run's file numbers known. */
    public void open(long syncRunId, FileSequence sequence) {
        runs.putIfAbsent(syncRunId, sequence);
    }

    /** Whether the promised cut ends before this offset, so that it must be made before the message is consumed. */
    public boolean mustCutBefore(long offset) {
        return promisedCut.isPresent() && offset >= promisedCut.getAsLong();
    }

    /** Consumes a message that leaves no trace in the files. */
    public void pass(long offset, Instant now) {
        advance(offset, now);
    }

    /**
     * Consumes rows.
     *
     * @throws IllegalStateException when the run is not open
     */
    public void track(long offset, long syncRunId, List<TrackedRow> batch, Instant now) {
        if (!knows(syncRunId)) {
            throw new IllegalStateException("run " + syncRunId + " is not open");
        }
        advance(offset, now);
        for (TrackedRow row : batch) {
            buffers.computeIfAbsent(syncRunId, run -> new EnumMap<>(BatchType.class))
                    .computeIfAbsent(row.batchType(), type -> new ArrayList<>())
                    .add(row);
            bytes += row.weight();
        }
        rows += batch.size();
    }

    /** Consumes the end of a run. */
    public void end(long offset, LoadEnded end, Instant now) {
        advance(offset, now);
        ended.put(end.getSyncRunId(), end);
    }

    private void advance(long offset, Instant now) {
        if (offset < position || mustCutBefore(offset)) {
            throw new IllegalStateException("offset " + offset + " does not follow " + position);
        }
        position = offset + 1;
        if (waitingSince == null) {
            waitingSince = now;
        }
    }

    /** Whether the buffers should become files now. */
    public boolean cutDue(Instant now) {
        if (promisedCut.isPresent()) {
            return position >= promisedCut.getAsLong();
        }
        return !ended.isEmpty()
                || rows >= policy.maxRows()
                || bytes >= policy.maxBytes()
                || buffers.size() >= policy.maxRuns()
                || (waitingSince != null && !now.isBefore(waitingSince.plus(policy.maxDelay())));
    }

    /** Whether a cut is possible before it is due: something was consumed, and no promise forbids it. */
    public boolean mayCut() {
        return position > committed && (promisedCut.isEmpty() || position >= promisedCut.getAsLong());
    }

    /** Rows that are in no file yet. */
    public int bufferedRows() {
        return rows;
    }

    /** The cut at the current position; changes nothing until {@link #settle}. */
    public Cut cut() {
        List<PlannedFile> files = new ArrayList<>();
        List<RunProgress> progress = new ArrayList<>();
        SortedMap<Long, FileSequence> after = new TreeMap<>(runs);
        buffers.forEach((run, types) -> {
            FileSequence sequence = runs.get(run);
            for (Map.Entry<BatchType, List<TrackedRow>> buffer : types.entrySet()) {
                BatchType type = buffer.getKey();
                files.add(new PlannedFile(run, type, sequence.next(type), buffer.getValue()));
                sequence = sequence.after(type, buffer.getValue().size());
            }
            after.put(run, sequence);
            progress.add(new RunProgress(run, sequence.rows()));
        });
        after.keySet().removeAll(ended.keySet());
        // a promise can end behind the last message that is left, when the log was shortened meanwhile
        long end = Math.max(position, promisedCut.orElse(position));
        return new Cut(
                new Checkpoint(committed, OptionalLong.of(end), runs),
                promisedCut.isPresent(),
                files,
                progress,
                List.copyOf(ended.values()),
                new Checkpoint(end, OptionalLong.empty(), after));
    }

    /** The cut is done and committed: its rows are let go. */
    public void settle(Cut cut) {
        committed = cut.after().position();
        position = committed;
        runs.clear();
        runs.putAll(cut.after().runs());
        promisedCut = OptionalLong.empty();
        buffers.clear();
        ended.clear();
        rows = 0;
        bytes = 0;
        waitingSince = null;
    }
}
