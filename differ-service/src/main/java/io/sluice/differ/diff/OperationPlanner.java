package io.sluice.differ.diff;

import io.sluice.operation.OperationKind;
import io.sluice.operation.SyncBehavior;
import java.util.Optional;

/** The state table of requirement BEH 6.2, and nothing else: behavior × class → operation. */
public final class OperationPlanner {

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
            case REMOVED -> behavior == SyncBehavior.MIRROR ? Optional.of(OperationKind.DELETE) : Optional.empty();
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
