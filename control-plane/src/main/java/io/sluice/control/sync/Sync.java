package io.sluice.control.sync;

import io.sluice.control.catalog.DestinationItem;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.run.LastRun;
import java.time.Instant;
import java.util.Optional;

/**
 * A saved sync.
 *
 * @param id its id
 * @param workspaceId the workspace it belongs to
 * @param resourceIdentifier stable readable name, for example {@code sync:signups-to-crm}
 * @param source what it reads
 * @param destination what it writes
 * @param definition what it does
 * @param lastRun its latest run that was not skipped
 * @param nextRunAt when its schedule is due next
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Sync(
        long id,
        long workspaceId,
        String resourceIdentifier,
        SourceItem source,
        DestinationItem destination,
        SyncDefinition definition,
        Optional<LastRun> lastRun,
        Optional<Instant> nextRunAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The same, doing something else. */
    public Sync withDefinition(SyncDefinition other) {
        return new Sync(
                id,
                workspaceId,
                resourceIdentifier,
                source,
                destination,
                other,
                lastRun,
                nextRunAt,
                createdAt,
                updatedAt);
    }

    /** How it is doing (RUN-18): {@code Ready}, {@code Up to Date} or {@code Failing}. */
    public String status() {
        return lastRun.map(run -> switch (run.outcome()) {
                    case NONE_YET -> "Ready";
                    case COMPLETED -> "Up to Date";
                    case FAILED -> "Failing";
                })
                .orElse("Ready");
    }
}
