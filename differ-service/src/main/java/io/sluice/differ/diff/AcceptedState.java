package io.sluice.differ.diff;

import io.sluice.record.Fingerprint;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * What the destination last accepted, per sync and identifier, in one partition. Moved forward only by outcomes, never by
 * intent (requirement PM-5). Used by one thread.
 */
public interface AcceptedState {

    /**
     * One synced record.
     *
     * @param fingerprint of the payload that was accepted; {@link Fingerprint#NEVER_EQUAL} when nobody knows
     * @param ordinal small dense number of the record within its sync and partition: its bit in a run's seen marks
     */
    record Entry(Fingerprint fingerprint, int ordinal) {}

    /** The entry of a record, or null: the hot path of an unchanged row is this one read. */
    Entry find(long syncId, String identifier);

    /** Stores an entry. */
    void put(long syncId, String identifier, Entry entry);

    /** Removes an entry. */
    void remove(long syncId, String identifier);

    /** Removes all entries of a sync. */
    void clear(long syncId);

    /**
     * Removes entries of a sync by their ordinal.
     *
     * @return how many were removed
     */
    long removeIf(long syncId, IntPredicate byOrdinal);

    /** Visits all entries of a sync; the visitor must not change the state. */
    void forEach(long syncId, BiConsumer<String, Entry> visitor);
}
