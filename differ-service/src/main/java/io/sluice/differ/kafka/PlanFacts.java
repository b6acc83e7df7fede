package io.sluice.differ.kafka;

import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.RunPlan;
import io.sluice.differ.diff.PartitionDiffer;
import io.sluice.differ.diff.RemovalLimit;
import io.sluice.differ.diff.RunFacts;
import io.sluice.operation.SyncBehavior;
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
                Optional.ofNullable(plan.getRemovalGuard())
                        .map(guard -> new RemovalLimit(guard.getMaxPercent(), guard.getMinRecords())));
    }

    static PartitionDiffer.Expectation expectation(RunPlan plan) {
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
