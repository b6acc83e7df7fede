package io.sluice.tracking.partition;

import io.sluice.contract.LoadEnded;
import io.sluice.tracking.row.TrackedRow;
import java.util.List;

/** What a message of the outcomes topic says, in the words of tracking. */
public sealed interface OutcomeMessage {

    /** The run's bracket opens, or another attempt of it begins. */
    record RunOpened(long syncRunId) implements OutcomeMessage {}

    /** Rows that have their final word. */
    record RowsDecided(long syncRunId, List<TrackedRow> rows) implements OutcomeMessage {}

    /** The run's bracket closes. */
    record RunClosed(LoadEnded end) implements OutcomeMessage {}
}
