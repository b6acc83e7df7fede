package io.sluice.tracking.run;

import io.sluice.contract.RunPlan;
import java.util.Optional;

/** Where run plans come from. Thread-safe; may block. */
@FunctionalInterface
public interface RunPlanSource {

    /** The plan of a run, or empty when nobody has one. */
    Optional<RunPlan> find(long syncRunId);
}
