package io.sluice.support.kafka;

import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import java.time.Duration;
import java.util.Optional;

/** Plans of sync runs, by run id, from the compacted topic; on a miss the topic is read to its end. Thread-safe. */
public final class RunPlans implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final CompactedTopic<RunPlan> topic;

    public RunPlans(KafkaClients clients) {
        this.clients = clients;
        this.topic = new CompactedTopic<RunPlan>(clients, Topics.RUN_PLANS).start();
    }

    /**
     * The plan of a run; empty when the topic does not hold it. May block up to half a minute on a miss.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when the topic cannot be read: whether there is a plan is
     *     not known
     */
    public Optional<RunPlan> find(long syncRunId) {
        return topic.get(Long.toString(syncRunId), clients, PATIENCE);
    }

    /** The plan of a run as far as read, without waiting. */
    public Optional<RunPlan> peek(long syncRunId) {
        return topic.peek(Long.toString(syncRunId));
    }

    @Override
    public void close() {
        topic.close();
    }
}
