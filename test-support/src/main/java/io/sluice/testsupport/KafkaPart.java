package io.sluice.testsupport;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A running Kafka broker: one node, no automatic topics. */
@FunctionalInterface
public interface KafkaPart {
    /** What clients connect to, such as {@code 127.0.0.1:41234}. */
    String bootstrapServers();

    /** A new admin client, for the caller to close. */
    default Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }
}
