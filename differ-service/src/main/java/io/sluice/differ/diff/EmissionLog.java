package io.sluice.differ.diff;

import java.util.HashMap;
import java.util.Map;

/**
 * What a run has emitted in this partition, as 64-bit marks, so that a second reading of the source (a new attempt after
 * the extractor was killed) plans nothing twice: one small append per message, read back only when a new attempt starts
 * (architecture section 2). A mark stands for the kind of emission and the payload's fingerprint; the payload holds the
 * identifier. Should two records ever share a mark, the second waits for the next run, which still finds it changed.
 */
final class EmissionLog {

    private EmissionLog() {}

    /** The mark of an emission, by its kind and the two halves of its fingerprint. */
    static long mark(int kind, long high, long low) {
        long mixed = high * 0x9E3779B97F4A7C15L + low + kind;
        mixed ^= mixed >>> 32;
        return mixed * 0xD6E8FEB86659FD93L;
    }

    /** How many emissions of each mark earlier attempts have left for this attempt to recognise. */
    static Map<Long, Integer> leftOver(RunStore store, long syncRunId, int attempt) {
        Map<Long, Integer> left = new HashMap<>();
        store.forEachEmitted(syncRunId, (number, piece) -> {
            if (piece.attempt() < attempt) {
                for (long mark : piece.emitted()) {
                    left.merge(mark, 1, Integer::sum);
                }
            }
        });
        store.forEachEmitted(syncRunId, (number, piece) -> {
            if (piece.attempt() == attempt) {
                for (long mark : piece.recognised()) {
                    left.merge(mark, -1, Integer::sum);
                }
            }
        });
        return left;
    }
}
