package io.sluice.loader.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.contract.OutcomeStatus;
import io.sluice.loader.run.LoadMetrics;
import io.sluice.loader.run.LoadMetricsFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts per lane: operations by final word, calls by answer with their latency, retries, operations left unsent. */
@ApplicationScoped
public class MeteredLanes implements LoadMetricsFactory {
    private final MeterRegistry registry;

    public MeteredLanes(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public LoadMetrics ofLane(long destinationId, String type) {
        return new Metered(registry, Tags.of("destination", Long.toString(destinationId), "type", type));
    }

    private static final class Metered implements LoadMetrics {
        private final Map<OutcomeStatus, Counter> operations = new EnumMap<>(OutcomeStatus.class);
        private final Map<Answer, Timer> calls = new EnumMap<>(Answer.class);
        private final Counter records;
        private final Counter retries;
        private final Counter notAttempted;

        private Metered(MeterRegistry registry, Tags tags) {
            for (OutcomeStatus status : OutcomeStatus.values()) {
                operations.put(status, registry.counter("sluice.loader.operations", tags.and("outcome", word(status))));
            }
            for (Answer answer : Answer.values()) {
                calls.put(answer, registry.timer("sluice.loader.calls", tags.and("answer", word(answer))));
            }
            this.records = registry.counter("sluice.loader.records.sent", tags);
            this.retries = registry.counter("sluice.loader.records.retried", tags);
            this.notAttempted = registry.counter("sluice.loader.operations.not.attempted", tags);
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public void called(Answer answer, Duration latency, int sent) {
            calls.get(answer).record(latency);
            records.increment(sent);
        }

        @Override
        public void retrying(int again) {
            retries.increment(again);
        }

        @Override
        public void answered(OutcomeStatus status, int count) {
            operations.get(status).increment(count);
        }

        @Override
        public void notAttempted(int count) {
            notAttempted.increment(count);
        }
    }
}
