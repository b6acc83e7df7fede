package io.sluice.tracking.row;

import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Outcomes as they travel, to rows as they are kept. Stateless. */
public final class OutcomeRows {
    private static final String UNKNOWN_NOTE =
            "The destination's answer is unknown; the record is sent again by the next run.";

    private OutcomeRows() {}

    /** One row per outcome, in order. */
    public static List<TrackedRow> of(OutcomeBatch batch) {
        Instant started = batch.getBatchStartedAt();
        Instant ended = batch.getBatchEndedAt();
        List<TrackedRow> rows = new ArrayList<>(batch.getOutcomes().size());
        for (Outcome outcome : batch.getOutcomes()) {
            rows.add(row(outcome, started, ended));
        }
        return rows;
    }

    private static TrackedRow row(Outcome outcome, Instant started, Instant ended) {
        RowStatus status = status(outcome);
        ByteBuffer payload = Utf8.wellFormed(outcome.getPayload());
        OperationKind operation = operation(outcome);
        if (status.invalid()) {
            // TRK-23: invalid rows were never sent, whatever batch they travelled in
            return new TrackedRow(outcome.getIdentifier(), payload, operation, status, message(outcome), null, null);
        }
        return new TrackedRow(outcome.getIdentifier(), payload, operation, status, message(outcome), started, ended);
    }

    private static RowStatus status(Outcome outcome) {
        return switch (outcome.getStatus()) {
            case SUCCEEDED -> RowStatus.SUCCEEDED;
            case REJECTED, UNKNOWN -> RowStatus.REJECTED;
            case NULL_IDENTIFIER -> RowStatus.NULL;
            case DUPLICATE_IDENTIFIER -> RowStatus.DUPLICATE;
        };
    }

    private static String message(Outcome outcome) {
        String message = outcome.getMessage();
        if (message != null) {
            return message;
        }
        return switch (outcome.getStatus()) {
            case UNKNOWN -> UNKNOWN_NOTE;
            case SUCCEEDED, REJECTED, NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> null;
        };
    }

    private static OperationKind operation(Outcome outcome) {
        return switch (outcome.getKind()) {
            case UPSERT -> OperationKind.UPSERT;
            case UPDATE -> OperationKind.UPDATE;
            case INSERT -> OperationKind.INSERT;
            case APPEND -> OperationKind.APPEND;
            case DELETE -> OperationKind.DELETE;
        };
    }
}
