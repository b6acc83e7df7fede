package io.sluice.differ.kafka;

import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RunPlan;
import io.sluice.differ.diff.PartitionDiffer;
import io.sluice.differ.diff.RunFacts;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.removal.RemovalLimit;
import java.util.Optional;

/** What of a run's plan the differ's core needs. */
final class PlanFacts {

    private PlanFacts() {}

    static RunFacts facts(RunPlan plan) {
        return new RunFacts(
                plan.getSyncRunId(),
                plan.getSyncId(),
                plan.getDestination().getConnectionId(),
                SyncBehavior.valueOf(plan.getBehavior().name()),
                plan.getIdentifierColumn(),
                plan.getFullSync(),
                plan.getFullSyncSince() == 0 ? plan.getSyncRunId() : plan.getFullSyncSince(),
                start(plan),
                limit(plan),
                StateMode.valueOf(plan.getStateMode().name()));
    }

    /**
     * Where the source keeps the state, it knows what a mirror would remove before anything travels, and the extractor holds
     * the guard; without state nothing is known to compare with.
     */
    private static Optional<RemovalLimit> limit(RunPlan plan) {
        boolean heldHere =
                switch (plan.getStateMode()) {
                    case PLATFORM -> true;
                    case WAREHOUSE -> plan.getBehavior() == PlannedBehavior.DELETE;
                    case NONE -> false;
                };
        return Optional.ofNullable(plan.getRemovalGuard())
                .filter(guard -> heldHere)
                .map(guard -> new RemovalLimit(guard.getMaxPercent(), guard.getMinRecords()));
    }

    static PartitionDiffer.Expectation expectation(RunPlan plan) {
        if (plan.getStateMode() != PlannedStateMode.PLATFORM) {
            return PartitionDiffer.Expectation.NONE;
        }
        return new PartitionDiffer.Expectation(plan.getForgetState(), plan.getExpectedRun());
    }

    private static RunFacts.Start start(RunPlan plan) {
        if (plan.getDryRun()) {
            return RunFacts.Start.DRY;
        }
        return plan.getHistoricalRecords() == HistoricalRecords.SKIP
                ? RunFacts.Start.SKIP_CURRENT
                : RunFacts.Start.USUAL;
    }
}
