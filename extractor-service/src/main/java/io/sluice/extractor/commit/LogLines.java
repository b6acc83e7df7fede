package io.sluice.extractor.commit;

import io.sluice.connector.source.SyncLog;
import io.sluice.contract.NotAttempted;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RunPlan;
import io.sluice.contract.SyncLogPart;
import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a batch of outcomes is in the source's log (WWB-2, WWB-6). Invalid rows are not in it: nothing was done to them. */
final class LogLines {
    private static final String UNKNOWN_NOTE =
            "The destination's answer is unknown; the record is sent again by the next run.";

    private LogLines() {}

    static SyncLog.Ids ids(RunPlan plan) {
        return new SyncLog.Ids(
                plan.getSyncId(),
                plan.getSyncRunId(),
                plan.getSource().getConnectionId(),
                plan.getSource().getObjectId(),
                plan.getDestination().getConnectionId(),
                plan.getDestination().getObjectId());
    }

    static List<SyncLog.Line> of(long offset, OutcomeBatch batch) {
        SyncLogPart part = batch.getSyncLog();
        List<ByteBuffer> sent = part == null ? List.of() : part.getSent();
        List<NotAttempted> left = part == null ? List.of() : part.getNotAttempted();
        List<SyncLog.Line> lines = new ArrayList<>(batch.getOutcomes().size() + left.size());
        for (int i = 0; i < batch.getOutcomes().size(); i++) {
            add(offset, batch, batch.getOutcomes().get(i), i < sent.size() ? sent.get(i) : null, lines);
        }
        for (NotAttempted operation : left) {
            lines.add(new SyncLog.Line(
                    offset,
                    operation.getIdentifier(),
                    null,
                    null,
                    null,
                    kind(operation.getKind()),
                    SyncLog.Status.ABORTED,
                    null));
        }
        return lines;
    }

    private static void add(
            long offset, OutcomeBatch batch, Outcome outcome, ByteBuffer sent, List<SyncLog.Line> lines) {
        SyncLog.Status status =
                switch (outcome.getStatus()) {
                    case SUCCEEDED -> SyncLog.Status.SUCCEEDED;
                    case REJECTED, UNKNOWN -> SyncLog.Status.REJECTED;
                    case NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> null;
                };
        if (status != null) {
            lines.add(new SyncLog.Line(
                    offset,
                    outcome.getIdentifier(),
                    sent == null
                            ? null
                            : StandardCharsets.UTF_8.decode(sent.duplicate()).toString(),
                    batch.getBatchStartedAt(),
                    batch.getBatchEndedAt(),
                    kind(outcome.getKind()),
                    status,
                    message(outcome)));
        }
    }

    private static String message(Outcome outcome) {
        return switch (outcome.getStatus()) {
            case UNKNOWN -> outcome.getMessage() == null ? UNKNOWN_NOTE : outcome.getMessage();
            case SUCCEEDED, REJECTED, NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> outcome.getMessage();
        };
    }

    private static OperationKind kind(PlannedOperation planned) {
        return OperationKind.valueOf(planned.name());
    }
}
