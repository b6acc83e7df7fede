package io.sluice.differ.diff;

import io.sluice.operation.SyncBehavior;
import java.util.Objects;

/**
 * What the differ needs to know of a run's plan.
 *
 * @param syncRunId the sync run
 * @param syncId its sync
 * @param destinationId where its operations go
 * @param behavior what the user chose
 * @param fullSync whether every valid row is sent regardless of the state (ENG-10)
 * @param identifierColumn source column of the primary identifier, for the payload of deletes
 */
public record RunFacts(
        long syncRunId,
        long syncId,
        long destinationId,
        SyncBehavior behavior,
        boolean fullSync,
        String identifierColumn) {
    public RunFacts {
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(identifierColumn, "identifierColumn");
    }
}
