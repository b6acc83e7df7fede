package io.sluice.extractor.read;

import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RecordChange;
import io.sluice.contract.SourceRecord;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.support.kafka.IdentifierPartitioner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Collects rows into one open batch per partition and sends each when it is full, or when rows have waited long enough (a
 * slow source must still show progress). Memory is bounded by partitions × batch size. Used by one thread.
 */
final class PartitionedBatches implements RecordSink {
    /** Rows per message: the costs of a message are spread, and it stays far below the broker's limit. */
    static final int ROWS = 500;

    static final int BYTES = 256 << 10;

    private static final long PATIENCE_NANOS = 500_000_000L;
    private static final int ROWS_BETWEEN_CLOCK_READS = 64;

    private final RunIdentity run;
    private final RecordOutput output;
    private final BooleanSupplier wanted;
    private final List<List<SourceRecord>> open = new ArrayList<>();
    private final long[] openBytes;
    private final long[] sent;
    private final long[] removed;
    private long rows;
    private long lastSweep = System.nanoTime();

    /**
     * Makes empty batches.
     *
     * @param wanted asked now and then: whether the run still wants rows
     */
    PartitionedBatches(RunIdentity run, RecordOutput output, BooleanSupplier wanted) {
        this.run = run;
        this.output = output;
        this.wanted = wanted;
        this.openBytes = new long[run.partitions()];
        this.sent = new long[run.partitions()];
        this.removed = new long[run.partitions()];
        for (int partition = 0; partition < run.partitions(); partition++) {
            open.add(new ArrayList<>());
        }
    }

    @Override
    public boolean accept(SourceRow row) {
        // no builder: it would copy and check every field of every row
        return add(new SourceRecord(
                row.identifier(),
                Fingerprints.of(row.payload()),
                ByteBuffer.wrap(row.payload()),
                invalidity(row),
                null));
    }

    /** Takes a record as it shall travel. */
    boolean add(SourceRecord record) {
        int partition = partitionOf(record.getIdentifier());
        List<SourceRecord> batch = open.get(partition);
        batch.add(record);
        openBytes[partition] += record.getPayload().remaining();
        rows++;
        if (record.getChange() == RecordChange.REMOVED) {
            removed[partition]++;
        }
        if (batch.size() >= ROWS || openBytes[partition] >= BYTES) {
            send(partition);
        }
        return rows % ROWS_BETWEEN_CLOCK_READS != 0 || sweep();
    }

    /** Sends batches that have waited, tells progress, asks whether to go on. */
    private boolean sweep() {
        long now = System.nanoTime();
        if (now - lastSweep >= PATIENCE_NANOS) {
            lastSweep = now;
            sendAll();
            output.progress(run.syncRunId(), rows);
        }
        return wanted.getAsBoolean();
    }

    /** Rows without an identifier have no home: they are spread evenly. */
    private int partitionOf(String identifier) {
        return identifier == null
                ? (int) (rows % run.partitions())
                : IdentifierPartitioner.partition(run.syncId(), identifier, run.partitions());
    }

    private static Invalidity invalidity(SourceRow row) {
        if (row.identifier() == null) {
            return Invalidity.NULL_IDENTIFIER;
        }
        return row.duplicate() ? Invalidity.DUPLICATE_IDENTIFIER : null;
    }

    /** Sends what is left. */
    void sendAll() {
        for (int partition = 0; partition < run.partitions(); partition++) {
            send(partition);
        }
    }

    private void send(int partition) {
        List<SourceRecord> batch = open.get(partition);
        if (batch.isEmpty()) {
            return;
        }
        sent[partition] += batch.size();
        output.send(
                run.syncId(),
                partition,
                new SourceRecordsEvent(new RecordBatch(run.syncRunId(), run.attemptId(), batch)));
        open.set(partition, new ArrayList<>(ROWS));
        openBytes[partition] = 0;
    }

    /** Rows sent to a partition. */
    long sent(int partition) {
        return sent[partition];
    }

    /** How many of them are removed records. */
    long removed(int partition) {
        return removed[partition];
    }

    /** Rows taken in all. */
    long rows() {
        return rows;
    }
}
