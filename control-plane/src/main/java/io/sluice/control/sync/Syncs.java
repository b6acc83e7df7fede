package io.sluice.control.sync;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where syncs are kept. Every method is one transaction. Ids of another workspace do not exist. */
public interface Syncs {

    /**
     * A checked sync to be saved.
     *
     * @param sourceItemId what it reads
     * @param destinationItemId what it writes
     * @param nextRunAt when its schedule is due next
     */
    record Draft(SyncDefinition definition, long sourceItemId, long destinationItemId, Optional<Instant> nextRunAt) {}

    /** A sync whose schedule is due. */
    record Due(long workspaceId, long syncId, Instant dueAt) {}

    /** Makes a sync. */
    long create(long workspaceId, Draft draft);

    /** Replaces what a sync does. */
    void update(long syncId, Draft draft);

    /** A sync. */
    Optional<Sync> find(long workspaceId, long syncId);

    /** The syncs of a workspace. */
    Page<Sync> list(long workspaceId, PageRequest page);

    /**
     * Removes a sync and its history; its active run is told to stop.
     *
     * @return whether it existed
     */
    boolean delete(long workspaceId, long syncId);

    /** Takes the syncs that are due, each for exactly one caller, and notes when they are due next. */
    List<Due> takeDue(Instant now);

    /** The syncs that follow this one and are not paused (RUN-11). */
    List<Due> followers(long syncId, Instant now);
}
