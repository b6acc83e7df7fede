package io.sluice.extractor.read;

import io.sluice.contract.SourceRecordsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what was published, per partition. Can be told to fail like a broker that went away. */
final class RecordedOutput implements RecordOutput {
    final Map<Integer, List<Object>> byPartition = new TreeMap<>();
    final List<Long> progress = new ArrayList<>();
    boolean broken;

    @Override
    public void send(long syncId, int partition, SourceRecordsEvent event) {
        byPartition.computeIfAbsent(partition, key -> new ArrayList<>()).add(event.getEvent());
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
