package io.sluice.differ.diff;

import io.sluice.operation.OperationKind;
import io.sluice.operation.SyncBehavior;
import java.util.Optional;

/** The state table of requirement BEH 6.2, and nothing else: behavior × class → operation, and what becomes of the gone. */
public final class OperationPlanner {

    /** What the state does with a record that left the source. */
    public enum Departure {
        /** It is removed from the destination, and from the state once that is accepted. */
        REMOVE,
        /** It is forgotten without a word: should it come back, it is sent again. */
        FORGET,
        /** It is remembered for the life of the sync: should it come back, it is not sent again (BEH-21). */
        KEEP
    }

    private OperationPlanner() {}

    /** What must be done to a record of that class; empty when nothing. */
    public static Optional<OperationKind> plan(SyncBehavior behavior, RecordClass recordClass) {
        return switch (recordClass) {
            case ADDED -> Optional.of(write(behavior));
            case CHANGED ->
                switch (behavior) {
                    case UPSERT, MIRROR -> Optional.of(OperationKind.UPSERT);
                    case UPDATE -> Optional.of(OperationKind.UPDATE);
                    case INSERT, APPEND, DELETE -> Optional.empty();
                };
            case UNCHANGED -> Optional.empty();
            case RESENT -> behavior == SyncBehavior.APPEND ? Optional.empty() : Optional.of(write(behavior));
            case REMOVED ->
                departure(behavior) == Departure.REMOVE ? Optional.of(OperationKind.DELETE) : Optional.empty();
        };
    }

    /** What becomes of a synced record that the whole source, read to its end, no longer holds. */
    public static Departure departure(SyncBehavior behavior) {
        return switch (behavior) {
            case MIRROR -> Departure.REMOVE;
            case UPSERT, UPDATE, INSERT, DELETE -> Departure.FORGET;
            case APPEND -> Departure.KEEP;
        };
    }

    /** The operation an invalid row is tracked under: the one it would have been (requirement TRK-23). */
    public static OperationKind intended(SyncBehavior behavior) {
        return write(behavior);
    }

    private static OperationKind write(SyncBehavior behavior) {
        return switch (behavior) {
            case UPSERT, MIRROR -> OperationKind.UPSERT;
            case UPDATE -> OperationKind.UPDATE;
            case INSERT -> OperationKind.INSERT;
            case APPEND -> OperationKind.APPEND;
            case DELETE -> OperationKind.DELETE;
        };
    }
}
