package io.sluice.loader.run;

import java.util.Optional;

/** Which runs a user has cancelled. Thread-safe; asked before each destination call. */
@FunctionalInterface
public interface Cancellations {

    /** Why the run was cancelled, or empty when it was not. */
    Optional<String> reason(long syncRunId);
}
