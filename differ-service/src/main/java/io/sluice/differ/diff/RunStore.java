package io.sluice.differ.diff;

import io.sluice.contract.OperationBatch;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the differ keeps per sync and per open run in one partition, beside the accepted state. Used by one thread. */
public interface RunStore {

    /** A bitmap over ordinals. */
    enum MarkKind {
        /** By run: which entries the current attempt has seen. */
        SEEN,
        /** By sync: which entries were accepted since its latest full sync began. */
        FRESH
    }

    /** The counters of a sync; {@link SyncCounters#NONE} when it was never run. */
    SyncCounters counters(long syncId);

    void putCounters(long syncId, SyncCounters counters);

    /** Progress of a run; empty when it is unknown in this partition. */
    Optional<RunProgress> progress(long syncRunId);

    void putProgress(RunProgress progress);

    /** One chunk of marks, {@link Marks#CHUNK_BYTES} long, or null when no bit of it is set. */
    byte[] marks(MarkKind kind, long owner, int chunk);

    void putMarks(MarkKind kind, long owner, int chunk, byte[] bits);

    /** Forgets all marks of that kind and owner. */
    void clearMarks(MarkKind kind, long owner);

    /** Appends a piece to a run's emission log. */
    void putEmitted(long syncRunId, int piece, EmissionPiece content);

    /** Visits the pieces of a run's emission log in order. */
    void forEachEmitted(long syncRunId, BiConsumer<Integer, EmissionPiece> visitor);

    /** Forgets a run's emission log. */
    void clearEmitted(long syncRunId);

    /**
     * Notes rows that came without the payload that is needed (the first halves of their fingerprints).
     *
     * @param piece any number that differs from that of other pieces of the same attempt
     */
    void putMissed(long syncRunId, long piece, long[] rows);

    /** Visits the rows that were noted so. */
    void forEachMissed(long syncRunId, Consumer<long[]> visitor);

    /** Forgets them. */
    void clearMissed(long syncRunId);

    /** Keeps operations back until it is decided whether they may be done. */
    void putHeld(long syncRunId, int piece, OperationBatch operations);

    /** Visits the operations kept back, in order. */
    void forEachHeld(long syncRunId, Consumer<OperationBatch> visitor);

    /** Forgets the operations kept back. */
    void clearHeld(long syncRunId);

    /** Forgets a run's progress. */
    void removeProgress(long syncRunId);
}
