package io.sluice.control.trigger;

import io.sluice.contract.HighWaterMark;
import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.MirrorStrategy;
import io.sluice.contract.Quarantine;
import io.sluice.contract.QuarantineRelease;
import io.sluice.contract.RemovalGuard;
import io.sluice.contract.RunPlan;
import io.sluice.control.run.FullSync;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.RunOptions;
import io.sluice.control.sync.SyncDefinition;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.util.Optional;

/**
 * The part of a run's plan that says how the run meets the state.
 *
 * @param definition what the sync does
 * @param engine where its state lives
 * @param birth what is known of the run
 * @param maximumRows most rows it may read, 0 for no limit
 */
record StatePlan(SyncDefinition definition, StateMode engine, SyncRuns.Birth birth, long maximumRows) {

    RunPlan complete(RunPlan.Builder plan) {
        FullSync fullSync = birth.fullSync();
        RunOptions options = definition.options().runs();
        return plan.setFullSync(fullSync.wanted())
                .setFullSyncReasons(
                        fullSync.reasons().stream().map(FullSyncReason::name).toList())
                .setFullSyncSince(fullSync.since().orElse(0L))
                .setForgetState(fullSync.forgetState())
                .setExpectedRun(expectedRun())
                .setDryRun(birth.dry())
                .setMirrorStrategy(options.mirror()
                        .map(strategy -> MirrorStrategy.valueOf(strategy.name()))
                        .orElse(null))
                .setHistoricalRecords(options.append()
                        .filter(append -> fullSync.firstRun())
                        .map(append -> append.skipsCurrent() ? HistoricalRecords.SKIP : HistoricalRecords.BACKFILL)
                        .orElse(null))
                .setHighWaterMark(options.append().flatMap(this::highWaterMark).orElse(null))
                .setRemovalGuard(guard(options.guard()).orElse(null))
                .setRedoOutcomesSince(birth.unsavedSince().orElse(null))
                .setQuarantine(quarantine(options).orElse(null))
                .setMaximumRows(maximumRows > 0 ? maximumRows : null)
                .build();
    }

    /** Without state no run knows what became of a record in the one before. */
    private Optional<Quarantine> quarantine(RunOptions options) {
        return options.maxConsecutiveFailures() > 0 && engine != StateMode.NONE
                ? Optional.of(new Quarantine(
                        options.maxConsecutiveFailures(),
                        birth.releases().stream()
                                .map(release -> new QuarantineRelease(
                                        release.firstRun(), release.records().toBytes()))
                                .toList()))
                : Optional.empty();
    }

    /** Only the differ's own state can be lost without anybody noticing. */
    private long expectedRun() {
        return engine == StateMode.PLATFORM && !birth.fullSync().forgetState()
                ? birth.latestRun().orElse(0L)
                : 0L;
    }

    private Optional<HighWaterMark> highWaterMark(RunOptions.Append append) {
        return append.highWaterMarkColumn().map(column -> HighWaterMark.newBuilder()
                .setColumn(column)
                .setFrom(birth.highWaterMark()
                        .filter(mark -> mark.column().equals(column))
                        .filter(mark -> !birth.fullSync().firstRun())
                        .map(SyncRuns.HighWaterMark::value)
                        .orElse(null))
                .setOverlapSeconds(append.overlapSeconds())
                .build());
    }

    private Optional<RemovalGuard> guard(RunOptions.Guard guard) {
        boolean removes = definition.behavior() == SyncBehavior.MIRROR || definition.behavior() == SyncBehavior.DELETE;
        return removes && guard.on() && !birth.confirmedRemovals()
                ? Optional.of(new RemovalGuard(guard.maxPercent(), (long) guard.minRecords()))
                : Optional.empty();
    }
}
