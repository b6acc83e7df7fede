package io.sluice.connector.source;

import java.util.Objects;

/**
 * One diff.
 *
 * @param sync whose state
 * @param read what is compared with it
 * @param scope which valid rows are wanted
 * @param removals whether records that are in the state and not in the source are wanted
 */
public record DeltaRequest(StateId sync, ReadRequest read, Scope scope, boolean removals) {
    public DeltaRequest {
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(read, "read");
        Objects.requireNonNull(scope, "scope");
    }

    /** Which valid rows a diff gives. */
    public sealed interface Scope permits Differences, Everything {}

    /** New rows and changed rows. */
    public record Differences() implements Scope {}

    /**
     * All rows (ENG-10), but for those that are unchanged since they were accepted in this run or a later one.
     *
     * @param sinceRun the run in which the full sync began
     */
    public record Everything(long sinceRun) implements Scope {}
}
