package io.sluice.support.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** How a service reaches Kafka and the schema registry. */
@ConfigMapping(prefix = "sluice.kafka")
public interface KafkaSettings {

    /** Brokers, host:port separated by commas. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** Base URL of the Apicurio Registry's v3 API. */
    @WithDefault("http://127.0.0.1:8089/apis/registry/v3")
    String registryUrl();

    /**
     * Partition count of the co-partitioned topics, set once when they are created: the most differ tasks, loader replicas
     * per destination and tracking replicas that can share the work. Existing topics keep theirs.
     */
    @WithDefault("4")
    int partitions();

    /** Replication factor of topics Sluice creates; -1 takes the broker's default. */
    @WithDefault("-1")
    short replicationFactor();

    /**
     * Name of this replica, stable over its restarts (in Kubernetes the pod name of a StatefulSet). Kafka then gives a
     * restarted replica its partitions back at once and fences what it left half done. Default: the host name.
     */
    Optional<String> instanceId();

    /** Further properties handed to every Kafka client, for example {@code security.protocol}. */
    Map<String, String> properties();

    /** The replica's name. */
    default String instance() {
        return instanceId().filter(id -> !id.isBlank()).orElseGet(() -> {
            String host = System.getenv("HOSTNAME");
            return host == null || host.isBlank() ? "local" : host;
        });
    }
}
