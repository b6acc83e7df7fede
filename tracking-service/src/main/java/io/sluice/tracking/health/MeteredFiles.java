package io.sluice.tracking.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.run.FileListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Counts files, rows and bytes by batch type. */
@ApplicationScoped
public class MeteredFiles implements FileListener {
    private final Map<BatchType, Counters> counters = new EnumMap<>(BatchType.class);

    private record Counters(Counter files, Counter rows, Counter bytes) {}

    public MeteredFiles(MeterRegistry registry) {
        for (BatchType type : BatchType.values()) {
            counters.put(
                    type,
                    new Counters(
                            registry.counter("sluice.tracking.files", "batch_type", type.prefix()),
                            registry.counter("sluice.tracking.rows", "batch_type", type.prefix()),
                            registry.counter("sluice.tracking.bytes", "batch_type", type.prefix())));
        }
    }

    @Override
    public void written(BatchType type, int rows, int bytes) {
        Counters of = counters.get(type);
        of.files().increment();
        of.rows().increment(rows);
        of.bytes().increment(bytes);
    }
}
