package io.sluice.tracking.run;

import io.sluice.bucket.StorageException;
import io.sluice.contract.RunPlan;

/** The stores of runs. Thread-safe; may block. */
@FunctionalInterface
public interface RunStores {

    /** The store of a run, as its bucket's settings are now. */
    RunStore of(RunPlan plan) throws StorageException;
}
