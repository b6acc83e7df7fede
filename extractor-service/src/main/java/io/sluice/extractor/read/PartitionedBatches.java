package io.sluice.extractor.read;

import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RecordChange;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.rows.RowPacker;
import io.sluice.extractor.known.KnownRows;
import io.sluice.record.Fingerprint;
import io.sluice.support.kafka.IdentifierPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Collects rows into one open batch per partition and sends each when it is full, or when rows have waited long enough (a
 * slow source must still show progress). Memory is bounded by partitions × batch size. Used by one thread.
 */
final class PartitionedBatches implements RecordSink {
    /** A message ends with the row that fills it: its costs are spread, and it stays far below the broker's limit. */
    static final int BYTES = 256 << 10;

    /** Most rows of a message: what the differ commits together. */
    static final int ROWS = 2_000;

    private static final long PATIENCE_NANOS = 500_000_000L;
    private static final int ROWS_BETWEEN_CLOCK_READS = 64;

    private final RunIdentity run;
    private final RecordOutput output;
    private final BooleanSupplier wanted;
    private final KnownRows known;
    private final List<RowPacker> open = new ArrayList<>();
    private final long[] sent;
    private final long[] removed;
    private final int[] marks;
    private long rows;
    private long lastSweep = System.nanoTime();

    /**
     * Makes empty batches.
     *
     * @param known rows that need not travel whole
     * @param wanted asked now and then: whether the run still wants rows
     */
    PartitionedBatches(RunIdentity run, RecordOutput output, KnownRows known, BooleanSupplier wanted) {
        this.run = run;
        this.output = output;
        this.known = known;
        this.wanted = wanted;
        this.sent = new long[run.partitions()];
        this.removed = new long[run.partitions()];
        this.marks = new int[run.partitions()];
        for (int partition = 0; partition < run.partitions(); partition++) {
            open.add(new RowPacker());
        }
    }

    @Override
    public boolean accept(SourceRow row) {
        Fingerprint fingerprint = Fingerprints.of(row.payload());
        Invalidity invalidity = invalidity(row);
        if (invalidity != null || !known.isKnown(fingerprint)) {
            return add(row.identifier(), fingerprint, row.payload(), invalidity, null);
        }
        int partition = partitionOf(row.identifier());
        open.get(partition).addKnown(row.identifier(), fingerprint.high(), fingerprint.low());
        marks[partition]++;
        return added(partition);
    }

    /** Takes a row as it shall travel. */
    boolean add(
            String identifier, Fingerprint fingerprint, byte[] payload, Invalidity invalidity, RecordChange change) {
        int partition = partitionOf(identifier);
        open.get(partition).add(identifier, fingerprint.high(), fingerprint.low(), payload, invalidity, change);
        if (change == RecordChange.REMOVED) {
            removed[partition]++;
        }
        return added(partition);
    }

    private boolean added(int partition) {
        rows++;
        RowPacker batch = open.get(partition);
        if (batch.size() >= BYTES || batch.rows() >= ROWS) {
            send(partition);
            output.keepPace(wanted);
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
        RowPacker batch = open.get(partition);
        int count = batch.rows();
        if (count == 0) {
            return;
        }
        long work = Headway.work(count - marks[partition], marks[partition]);
        sent[partition] += count;
        marks[partition] = 0;
        output.sendRows(
                run.syncId(),
                partition,
                new SourceRecordsEvent(new RecordBatch(run.syncRunId(), run.attemptId(), count, batch.take())),
                work);
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
