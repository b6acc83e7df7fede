package io.sluice.connector.destination;

import io.sluice.operation.OperationKind;
import java.util.List;
import java.util.Objects;

/**
 * The records of one call: one operation kind, distinct identifiers, at most
 * {@link DestinationClaims#maximumBatchSize()} records, at least one.
 */
public record DestinationBatch(OperationKind kind, List<DestinationRecord> records) {
    public DestinationBatch {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(records, "records");
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch holds at least one record");
        }
    }
}
