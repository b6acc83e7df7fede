package io.sluice.differ.diff;

import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.removal.RemovalLimit;
import java.util.Objects;
import java.util.Optional;

/**
 * What the differ needs to know of a run's plan.
 *
 * @param syncRunId the sync run
 * @param syncId its sync
 * @param destinationId where its operations go
 * @param behavior what the user chose
 * @param identifierColumn source column of the primary identifier, for the payload of deletes
 * @param fullSync whether every valid row is sent regardless of the state (ENG-10)
 * @param fullSyncSince the run in which this full sync began; what was accepted since is not sent again (RUN-16)
 * @param start how the run meets the state
 * @param limit the mass-removal guard, if on and this stage's to hold
 * @param stateMode where the accepted state lives; only {@link StateMode#PLATFORM} keeps it here
 * @param quarantine when records that keep being rejected are left alone
 */
public record RunFacts(
        long syncRunId,
        long syncId,
        long destinationId,
        SyncBehavior behavior,
        String identifierColumn,
        boolean fullSync,
        long fullSyncSince,
        Start start,
        Optional<RemovalLimit> limit,
        StateMode stateMode,
        QuarantineRule quarantine) {

    /** How a run meets the state. */
    public enum Start {
        /** It compares with the state and moves it. */
        USUAL,
        /** New records are noted as seen and not sent: an append that skips what is there (BEH-18). */
        SKIP_CURRENT,
        /** The state it should build on was not there (ENG-10): whatever is left of it is not relied on. */
        STATE_LOST,
        /** It only counts (DRY-3). */
        DRY,
        /** It only counts, as if there were no state: a real run would forget it first. */
        DRY_AFRESH
    }

    public RunFacts {
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(identifierColumn, "identifierColumn");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(stateMode, "stateMode");
        Objects.requireNonNull(quarantine, "quarantine");
    }

    /** Whether the accepted state of this run's sync is kept by the differ. */
    boolean keepsState() {
        return stateMode == StateMode.PLATFORM;
    }

    /** Whether nothing is sent and no state moves. */
    public boolean dry() {
        return start == Start.DRY || start == Start.DRY_AFRESH;
    }

    /** Whether deletes wait for the guard's word: the source lists them, so all of it must have been read. */
    boolean holdsDeletes() {
        return behavior == SyncBehavior.DELETE && limit.isPresent() && !dry();
    }

    RunFacts starting(Start other) {
        return new RunFacts(
                syncRunId,
                syncId,
                destinationId,
                behavior,
                identifierColumn,
                fullSync,
                fullSyncSince,
                other,
                limit,
                stateMode,
                quarantine);
    }

    /** The same run with everything sent, because the state cannot be relied on. */
    RunFacts withoutState() {
        Start lost = dry() ? Start.DRY_AFRESH : Start.STATE_LOST;
        return new RunFacts(
                syncRunId,
                syncId,
                destinationId,
                behavior,
                identifierColumn,
                true,
                syncRunId,
                lost,
                limit,
                stateMode,
                quarantine);
    }
}
