package io.sluice.loader.kafka;

import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Parts;
import java.util.Map;
import java.util.Optional;

/** Kafka settings of one loader instance in a test. */
record TestKafka(String bootstrapServers, String registryUrl, Optional<String> instanceId) implements KafkaSettings {

    static TestKafka ofInstance(String name) {
        return new TestKafka(Parts.kafka().bootstrapServers(), Parts.registry().url(), Optional.of(name));
    }

    @Override
    public int partitions() {
        return 4;
    }

    @Override
    public short replicationFactor() {
        return 1;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }
}
