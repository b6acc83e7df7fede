package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.operation.OperationKind;
import java.util.List;

/**
 * A batch before it has a connection.
 *
 * @param kind what is done with its records
 * @param records its records in groups
 * @param staged the rows of each group
 * @param text where they are written
 */
record PreparedBatch(OperationKind kind, Arrangement records, List<StagedRows> staged, CopyText text) {

    /**
     * Prepares a batch.
     *
     * @param text is cleared
     */
    static PreparedBatch of(DestinationBatch batch, WriteTarget target, CopyText text) {
        text.clear();
        Arrangement records = Arrangement.of(batch, target);
        List<StagedRows> staged = records.groups().stream()
                .map(group -> StagedRows.of(records, group, group.rows(), target, text))
                .toList();
        return new PreparedBatch(batch.kind(), records, staged, text);
    }
}
