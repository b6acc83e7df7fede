package io.sluice.tracking.file;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.TrackedRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Feeds rows to Parquet's columns directly: no generic record in between. One instance per file; not thread-safe. */
final class RowWriteSupport extends WriteSupport<TrackedRow> {
    private static final Map<OperationKind, Binary> OPERATIONS = new EnumMap<>(OperationKind.class);
    private static final Map<RowStatus, Binary> STATUSES = new EnumMap<>(RowStatus.class);

    static {
        for (OperationKind operation : OperationKind.values()) {
            OPERATIONS.put(operation, Binary.fromString(operation.wireName()));
        }
        for (RowStatus status : RowStatus.values()) {
            STATUSES.put(status, Binary.fromString(status.word()));
        }
    }

    private final long syncId;
    private final long syncRunId;
    private final RowCounts.Builder counts = new RowCounts.Builder();
    private RecordConsumer columns;

    RowWriteSupport(long syncId, long syncRunId) {
        this.syncId = syncId;
        this.syncRunId = syncRunId;
    }

    /** Goes into the footer when the last row is written. */
    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(
                Map.of(RowCounts.FOOTER_KEY, counts.build().text()));
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(TrackingSchema.MESSAGE, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(TrackingSchema.MESSAGE, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.columns = recordConsumer;
    }

    @Override
    public void write(TrackedRow row) {
        counts.add(row.status(), row.operation());
        columns.startMessage();
        text(TrackingSchema.IDENTIFIER, 0, row.identifier());
        binary(TrackingSchema.RECORD_PAYLOAD, 1, Binary.fromConstantByteBuffer(row.payload()));
        binary(TrackingSchema.OPERATION, 2, OPERATIONS.get(row.operation()));
        binary(TrackingSchema.STATUS, 3, STATUSES.get(row.status()));
        text(TrackingSchema.STATUS_MESSAGE, 4, row.message());
        instant(TrackingSchema.BATCH_STARTED_AT, 5, row.batchStartedAt());
        instant(TrackingSchema.BATCH_ENDED_AT, 6, row.batchEndedAt());
        number(TrackingSchema.SYNC_CONFIGURATION_ID, 7, syncId);
        number(TrackingSchema.SYNC_RUN_ID, 8, syncRunId);
        columns.endMessage();
    }

    private void text(String name, int index, String value) {
        if (value != null) {
            binary(name, index, Binary.fromString(value));
        }
    }

    private void instant(String name, int index, Instant value) {
        if (value != null) {
            number(name, index, value.getEpochSecond() * 1_000_000L + value.getNano() / 1_000L);
        }
    }

    private void binary(String name, int index, Binary value) {
        columns.startField(name, index);
        columns.addBinary(value);
        columns.endField(name, index);
    }

    private void number(String name, int index, long value) {
        columns.startField(name, index);
        columns.addLong(value);
        columns.endField(name, index);
    }
}
