package io.sluice.control.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether, why and since when a run resends everything (ENG-10, ENG-11; docs/adr/0110).
 *
 * @param reasons why; empty when it is incremental
 * @param since the run in which this full sync began, when it is continued: what was accepted since is not sent again
 * @param forgetState whether the state's identifiers mean something else now and must go first (KEY-12)
 * @param firstRun whether no run has completed with these identifiers
 */
public record FullSync(List<FullSyncReason> reasons, Optional<Long> since, boolean forgetState, boolean firstRun) {
    public FullSync {
        reasons = List.copyOf(reasons);
    }

    /**
     * The latest run of a sync that is over and was not dry.
     *
     * @param runId its id
     * @param basis what it was based on
     * @param completed whether it completed
     * @param reasons why it was a full sync, if it was
     * @param since the run in which its full sync began
     */
    public record Attempt(
            long runId, RunBasis basis, boolean completed, List<FullSyncReason> reasons, Optional<Long> since) {
        public Attempt {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Decides by comparing what a run is based on with what the state stands for: the last completed run, and whatever was
     * tried after it.
     */
    public static FullSync decide(RunBasis now, Optional<RunBasis> completed, Optional<Attempt> last, boolean forced) {
        Set<FullSyncReason> reasons = new LinkedHashSet<>();
        if (forced) {
            reasons.add(FullSyncReason.FORCED);
        }
        if (now.stateless()) {
            reasons.add(FullSyncReason.STATELESS);
        }
        completed.ifPresentOrElse(
                basis -> reasons.addAll(now.differencesFrom(basis)), () -> reasons.add(FullSyncReason.FIRST_RUN));
        Optional<Attempt> unfinished = last.filter(attempt -> !attempt.completed());
        unfinished.ifPresent(attempt -> reasons.addAll(now.differencesFrom(attempt.basis())));
        Optional<Attempt> continued = unfinished
                .filter(attempt -> !forced && !attempt.reasons().isEmpty())
                .filter(attempt -> now.differencesFrom(attempt.basis()).isEmpty());
        continued.ifPresent(attempt -> {
            reasons.addAll(attempt.reasons());
            reasons.add(FullSyncReason.UNFINISHED_FULL_SYNC);
        });
        return new FullSync(
                new ArrayList<>(reasons),
                continued.map(attempt -> attempt.since().orElse(attempt.runId())),
                last.filter(attempt -> !now.sharesStateWith(attempt.basis())).isPresent(),
                completed.filter(now::sharesStateWith).isEmpty());
    }

    /** Whether everything is resent. */
    public boolean wanted() {
        return !reasons.isEmpty();
    }
}
