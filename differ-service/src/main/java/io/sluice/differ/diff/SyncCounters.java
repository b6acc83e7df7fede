package io.sluice.differ.diff;

/**
 * What the differ remembers of a sync besides its entries.
 *
 * @param nextOrdinal the ordinal the next new record gets
 * @param live how many entries there are
 * @param currentRun the newest sync run that was started, 0 for none
 * @param fullSyncSince the run in which the latest full sync began, 0 for none
 * @param memoryLost whether an append has forgotten what it sent: it never sends anything again (BEH-21)
 */
public record SyncCounters(int nextOrdinal, long live, long currentRun, long fullSyncSince, boolean memoryLost) {
    /** A sync never run. */
    public static final SyncCounters NONE = new SyncCounters(0, 0, 0, 0, false);

    SyncCounters withRun(long runId) {
        return new SyncCounters(nextOrdinal, live, runId, fullSyncSince, memoryLost);
    }

    SyncCounters withFullSyncSince(long runId) {
        return new SyncCounters(nextOrdinal, live, currentRun, runId, memoryLost);
    }

    SyncCounters withMemoryLost(boolean lost) {
        return new SyncCounters(nextOrdinal, live, currentRun, fullSyncSince, lost);
    }

    SyncCounters afterInsert() {
        return new SyncCounters(Math.incrementExact(nextOrdinal), live + 1, currentRun, fullSyncSince, memoryLost);
    }

    SyncCounters afterRemovals(long removals) {
        return new SyncCounters(nextOrdinal, live - removals, currentRun, fullSyncSince, memoryLost);
    }
}
