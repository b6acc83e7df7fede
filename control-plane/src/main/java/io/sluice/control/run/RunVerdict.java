package io.sluice.control.run;

import java.util.Objects;

/** How a run ended, once all of its stages have reported the end of every partition. */
public sealed interface RunVerdict {

    /** What was counted. */
    RunCounts counts();

    /** Everything was done. Rejected and invalid records do not change that (HIS-12). */
    record Complete(RunCounts counts) implements RunVerdict {}

    /** A stage failed, or the counts contradict each other. */
    record Failure(RunCounts counts, RunError error) implements RunVerdict {
        public Failure {
            Objects.requireNonNull(error, "error");
        }
    }

    /** It was stopped by a user before everything was done. */
    record Stopped(RunCounts counts, RunError error) implements RunVerdict {
        public Stopped {
            Objects.requireNonNull(error, "error");
        }
    }
}
