package io.sluice.support.kafka;

import io.sluice.contract.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics that are missing; never changes one that exists. Safe to call from many processes at once. */
public final class TopicProvisioner {

    private final KafkaClients clients;

    public TopicProvisioner(KafkaClients clients) {
        this.clients = clients;
    }

    /** Makes sure the start-up topics exist. */
    public void ensureAll() {
        ensure(Topics.all(clients.settings().partitions()));
    }

    /**
     * Makes sure these topics exist.
     *
     * @throws IllegalStateException when the broker refuses or cannot be reached
     */
    public void ensure(List<Topics.Definition> definitions) {
        try (Admin admin = clients.admin()) {
            Set<String> existing = admin.listTopics().names().get();
            Optional<Short> replication =
                    Optional.of(clients.settings().replicationFactor()).filter(factor -> factor > 0);
            List<NewTopic> missing = definitions.stream()
                    .filter(definition -> !existing.contains(definition.name()))
                    .map(definition -> new NewTopic(
                                    definition.name(), Optional.of(definition.partitions()), replication)
                            .configs(definition.config()))
                    .toList();
            for (KafkaFuture<Void> created :
                    admin.createTopics(missing).values().values()) {
                awaitCreated(created);
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException("Kafka refused to list topics: " + refused.getCause(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", interrupted);
        }
    }

    private static void awaitCreated(KafkaFuture<Void> created) throws InterruptedException {
        try {
            created.get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka refused to create a topic: " + failed.getCause(), failed);
            }
        }
    }
}
