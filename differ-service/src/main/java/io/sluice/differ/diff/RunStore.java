package io.sluice.differ.diff;

import java.util.Optional;
import java.util.function.BiConsumer;

/** What the differ keeps per sync and per open run in one partition, beside the accepted state. Used by one thread. */
public interface RunStore {

    /** The counters of a sync; {@link SyncCounters#NONE} when it was never run. */
    SyncCounters counters(long syncId);

    void putCounters(long syncId, SyncCounters counters);

    /** Progress of a run; empty when it is unknown in this partition. */
    Optional<RunProgress> progress(long syncRunId);

    void putProgress(RunProgress progress);

    /** One chunk of a run's seen marks, {@link SeenMarks#CHUNK_BYTES} long, or null when no bit of it is set. */
    byte[] seenChunk(long syncRunId, int chunk);

    void putSeenChunk(long syncRunId, int chunk, byte[] bits);

    /** Forgets all seen marks of a run. */
    void clearSeen(long syncRunId);

    /** Appends a piece to a run's emission log. */
    void putEmitted(long syncRunId, int piece, EmissionPiece content);

    /** Visits the pieces of a run's emission log in order. */
    void forEachEmitted(long syncRunId, BiConsumer<Integer, EmissionPiece> visitor);

    /** Forgets a run's emission log. */
    void clearEmitted(long syncRunId);

    /** Forgets a run's progress. */
    void removeProgress(long syncRunId);
}
