package io.sluice.testkit.destination;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The engine's treatment of a batch in its simplest form: a refused batch is halved until each record has its own
 * answer (RTY-3). One result per record, in order.
 */
final class ReferenceSplitter {
    private ReferenceSplitter() {}

    static List<AttemptResult> deliver(DestinationWriter writer, DestinationBatch batch) {
        int size = batch.records().size();
        return switch (writer.write(batch)) {
            case BatchResult.AllAccepted() -> Collections.nCopies(size, AttemptResult.Accepted.PLAIN);
            case BatchResult.PerRecord(List<AttemptResult> results) -> {
                if (results.size() != size) {
                    throw new AssertionError(
                            "the connector answered " + results.size() + " results for " + size + " records");
                }
                yield List.copyOf(results);
            }
            case BatchResult.Refused(String reason) ->
                size == 1 ? List.of(new AttemptResult.Rejected(reason)) : halves(writer, batch);
            case BatchResult.RetryLater(var after, String reason, var ifExhausted) ->
                Collections.nCopies(size, new AttemptResult.RetryLater(after, reason));
            case BatchResult.Unknown(String reason) -> Collections.nCopies(size, new AttemptResult.Unknown(reason));
            case BatchResult.Failed(var error) ->
                throw new AssertionError("the destination failed: " + error.code() + ": " + error.message());
        };
    }

    private static List<AttemptResult> halves(DestinationWriter writer, DestinationBatch batch) {
        List<DestinationRecord> records = batch.records();
        int middle = records.size() / 2;
        List<AttemptResult> results = new ArrayList<>(records.size());
        results.addAll(deliver(writer, new DestinationBatch(batch.kind(), records.subList(0, middle))));
        results.addAll(deliver(writer, new DestinationBatch(batch.kind(), records.subList(middle, records.size()))));
        return results;
    }
}
