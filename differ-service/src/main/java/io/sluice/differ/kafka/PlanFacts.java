package io.sluice.differ.kafka;

import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RunPlan;
import io.sluice.differ.diff.PartitionDiffer;
import io.sluice.differ.diff.QuarantineRule;
import io.sluice.differ.diff.RunFacts;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.quarantine.ReleasedRecords;
import io.sluice.support.quarantine.ShortDigest;
import io.sluice.support.removal.RemovalLimit;
import java.util.ArrayList;
import java.util.List;
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
                StateMode.valueOf(plan.getStateMode().name()),
                quarantine(plan));
    }

    /** What the mappings are is told by their text: other mappings make other content of the same row. */
    private static QuarantineRule quarantine(RunPlan plan) {
        if (plan.getQuarantine() == null) {
            return QuarantineRule.OFF;
        }
        return new QuarantineRule(
                plan.getQuarantine().getMaxConsecutiveFailures(),
                ShortDigest.of(plan.getMappings().toString()));
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
        boolean kept = plan.getStateMode() == PlannedStateMode.PLATFORM;
        return new PartitionDiffer.Expectation(
                kept && plan.getForgetState(), kept ? plan.getExpectedRun() : 0, releases(plan));
    }

    private static List<PartitionDiffer.Release> releases(RunPlan plan) {
        List<PartitionDiffer.Release> releases = new ArrayList<>();
        if (plan.getQuarantine() != null) {
            plan.getQuarantine()
                    .getReleases()
                    .forEach(release -> releases.add(new PartitionDiffer.Release(
                            release.getBeforeRun(), ReleasedRecords.read(release.getRecords()))));
        }
        if (plan.getForgetState() && !plan.getDryRun()) {
            // the identifiers mean other records from now on (KEY-12)
            releases.add(new PartitionDiffer.Release(plan.getSyncRunId(), ReleasedRecords.all()));
        }
        return releases;
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
