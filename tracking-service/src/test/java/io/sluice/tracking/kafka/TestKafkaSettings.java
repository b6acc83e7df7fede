package io.sluice.tracking.kafka;

import io.sluice.support.kafka.KafkaSettings;
import java.util.Map;
import java.util.Optional;

/** Settings of one replica. */
record TestKafkaSettings(String bootstrapServers, String registryUrl, int partitions, Optional<String> instanceId)
        implements KafkaSettings {

    @Override
    public short replicationFactor() {
        return -1;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }
}
