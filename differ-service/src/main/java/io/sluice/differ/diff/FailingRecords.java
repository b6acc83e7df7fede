package io.sluice.differ.diff;

import java.util.function.BiConsumer;

/** The failing records of syncs that count failures, in one partition. Used by one thread. */
public interface FailingRecords {

    /** A record, or null when its latest attempt did not fail. */
    FailingRecord find(long syncId, String identifier);

    /** Stores a record. */
    void put(long syncId, String identifier, FailingRecord record);

    /** Forgets a record. */
    void remove(long syncId, String identifier);

    /** Visits all of a sync; the visitor may remove the one it is given and must not change the others. */
    void forEach(long syncId, BiConsumer<String, FailingRecord> visitor);
}
