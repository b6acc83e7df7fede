package io.sluice.loader.run;

import io.sluice.contract.RunPlan;
import java.util.Optional;

/** Finds the plan of a run. Thread-safe; may block. */
@FunctionalInterface
public interface PlanLookup {

    /**
     * The plan, or empty when there is none.
     *
     * @throws PlanUnreadableException when that cannot be told now
     */
    Optional<RunPlan> find(long syncRunId) throws PlanUnreadableException;
}
