package io.sluice.differ.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the differ counts for operators. Thread-safe. */
@Singleton
public class DifferMeters {
    private final Counter compared;
    private final Counter planned;
    private final Counter invalid;

    public DifferMeters(MeterRegistry registry) {
        compared = Counter.builder("sluice.differ.records")
                .description("rows compared with the accepted state")
                .register(registry);
        planned = Counter.builder("sluice.differ.operations")
                .description("operations planned")
                .register(registry);
        invalid = Counter.builder("sluice.differ.invalid")
                .description("rows found invalid")
                .register(registry);
    }

    void compared(int records) {
        compared.increment(records);
    }

    void planned(int operations) {
        planned.increment(operations);
    }

    void invalid(int records) {
        invalid.increment(records);
    }
}
