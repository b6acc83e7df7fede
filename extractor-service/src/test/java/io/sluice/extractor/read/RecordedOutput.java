package io.sluice.extractor.read;

import io.sluice.contract.SourceRecordsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Keeps what was published, per partition. Can be told to fail like a broker that went away. */
final class RecordedOutput implements RecordOutput {
    final Map<Integer, List<Object>> byPartition = new TreeMap<>();
    final List<Long> progress = new ArrayList<>();
    long work;
    int paused;
    boolean broken;

    @Override
    public void send(long syncId, int partition, SourceRecordsEvent event) {
        byPartition.computeIfAbsent(partition, key -> new ArrayList<>()).add(event.getEvent());
    }

    @Override
    public void sendRows(long syncId, int partition, SourceRecordsEvent rows, long work) {
        this.work += work;
        send(syncId, partition, rows);
    }

    @Override
    public void keepPace(BooleanSupplier wanted) {
        paused++;
    }

    @Override
    public void flush() {
        if (broken) {
            throw new OutputFailed(new IllegalStateException("broker gone"));
        }
    }

    @Override
    public void progress(long syncRunId, long records) {
        progress.add(records);
    }
}
