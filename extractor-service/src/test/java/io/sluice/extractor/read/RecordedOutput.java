package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.rows.PackedRows;
import io.sluice.record.Fingerprint;
import java.nio.charset.StandardCharsets;
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

    /** All rows, unpacked. */
    List<Row> records() {
        return byPartition.values().stream()
                .flatMap(List::stream)
                .filter(RecordBatch.class::isInstance)
                .flatMap(batch -> rowsOf((RecordBatch) batch).stream())
                .toList();
    }

    /** A row as it travelled; without a payload it was a mark. */
    record Row(String identifier, Fingerprint fingerprint, Invalidity invalidity, String payload) {}

    static List<Row> rowsOf(RecordBatch batch) {
        List<Row> rows = new ArrayList<>();
        PackedRows packed = new PackedRows(batch.getRows());
        while (packed.next()) {
            rows.add(new Row(
                    packed.identifier(),
                    new Fingerprint(packed.high(), packed.low()),
                    packed.invalidity(),
                    packed.whole()
                            ? StandardCharsets.UTF_8.decode(packed.payload()).toString()
                            : null));
        }
        assertThat(rows).hasSize(batch.getRowCount());
        return rows;
    }
}
