package io.sluice.loader.kafka;

import io.sluice.support.kafka.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * What a lane does when another process came under its own name, which Kafka tells by fencing it. Whoever starts a session
 * fences the one before, so two that both start again at once would do so for ever. The older one therefore stands back
 * for as long as Kafka counts the younger one to the group. Used by the lane's thread.
 */
final class NameTaken {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final String group;

    NameTaken(KafkaClients clients, String group) {
        this.clients = clients;
        this.group = group;
    }

    /** The stable reason that readiness shows. */
    String reason() {
        return "INSTANCE_NAME_TAKEN: another loader process named \""
                + clients.settings().instance()
                + "\" has taken over this destination, so this one stands back. Give each replica a"
                + " sluice.kafka.instance-id of its own, or stop this process.";
    }

    /** Whether Kafka ended a session because something else began to work under its name. */
    static boolean isFencing(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException
                    || cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether there is a member of this name in the group that is not this process. Kafka also fences a process whose
     * transaction took too long; then the member is still its own, and it may go on.
     *
     * @param ownMember the member id of this process's last session, empty when it never had one
     * @return empty when Kafka did not say
     */
    Optional<Boolean> byAnother(String ownMember) throws InterruptedException {
        String name = clients.memberName(group);
        try (Admin admin = clients.admin()) {
            Map<String, ConsumerGroupDescription> groups =
                    admin.describeConsumerGroups(Set.of(group)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(groups.get(group).members().stream()
                    .filter(member -> member.groupInstanceId().equals(Optional.of(name)))
                    .anyMatch(member -> !member.consumerId().equals(ownMember)));
        } catch (ExecutionException | TimeoutException unanswered) {
            return Optional.empty();
        }
    }
}
