package io.sluice.support.kafka;

import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Connection settings (encrypted) by kind and id, from the compacted topic. Thread-safe. */
public final class ConnectionConfigs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final CompactedTopic<ConnectionConfig> topic;

    public ConnectionConfigs(KafkaClients clients) {
        this.clients = clients;
        this.topic = new CompactedTopic<>(clients, Topics.CONNECTIONS);
    }

    /** Starts reading; listeners added before see every connection. */
    public ConnectionConfigs start() {
        topic.start();
        return this;
    }

    /** Calls {@code listener} with the message key and the new settings, or empty when the connection was deleted. */
    public void onChange(BiConsumer<String, Optional<ConnectionConfig>> listener) {
        topic.onChange(listener);
    }

    /** The latest settings of a connection; reads to the end of the topic on a miss. */
    public Optional<ConnectionConfig> find(ConnectionKind kind, long connectionId) {
        return topic.get(Topics.connectionKey(kind, connectionId), clients, PATIENCE);
    }

    /** All connections as far as read, by message key. */
    public Map<String, ConnectionConfig> snapshot() {
        return topic.snapshot();
    }

    @Override
    public void close() {
        topic.close();
    }
}
