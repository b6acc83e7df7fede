package io.sluice.loader.kafka;

import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.OutcomeStatus;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.retry.TimeSource;
import io.sluice.loader.run.LoadMetrics;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.secret.SettingsCipher;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** A loader process without the process: everything Quarkus would put together. */
final class LoaderInstance implements AutoCloseable {
    private static final LaneSettings QUICK = new LaneSettings(
            new RetryPolicy(7, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMinutes(15)),
            OptionalDouble.empty(),
            16L << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    private final RunPlans plans;
    private final CancelWatch cancels;
    private final ProgressEvents progress;
    private final ParkedMessages parked;
    private final LaneManager lanes;

    LoaderInstance(String instance, SettingsCipher cipher, long destinationId, LaneHooks hooks) {
        KafkaClients clients = new KafkaClients(TestKafka.ofInstance(instance));
        this.plans = new RunPlans(clients);
        this.cancels = new CancelWatch(clients);
        this.progress = new ProgressEvents(clients.producer());
        this.parked = new ParkedMessages(clients);
        this.lanes = new LaneManager(
                new LaneSelector(List.of(Long.toString(destinationId))),
                new ConnectionConfigs(clients),
                cipher,
                new ConnectorCatalog(LoaderInstance.class.getClassLoader()),
                (destination, type) -> new NoMetrics(),
                new LaneEnvironment(
                        clients, new KafkaPlans(plans), cancels, progress, parked, QUICK, TimeSource.system(), hooks));
        cancels.start();
        lanes.start();
    }

    List<LaneStatus> statuses() {
        return lanes.statuses();
    }

    boolean hasCanceled(long syncRunId) {
        return cancels.reason(syncRunId).isPresent();
    }

    int partitionsHeld() {
        return lanes.statuses().stream().mapToInt(LaneStatus::partitions).sum();
    }

    /** Ends as a scaled-down replica does: others take over at once. */
    void leave() throws InterruptedException {
        lanes.close(Duration.ofSeconds(20), true);
        closeRest();
    }

    @Override
    public void close() throws InterruptedException {
        lanes.close(Duration.ofSeconds(20), false);
        closeRest();
    }

    private void closeRest() {
        cancels.close();
        plans.close();
        progress.close();
        parked.close();
    }

    private static final class NoMetrics implements LoadMetrics {
        @Override
        public void answered(OutcomeStatus status, int operations) {}

        @Override
        public void notAttempted(int operations) {}

        @Override
        public void called(Answer answer, Duration latency, int records) {}

        @Override
        public void retrying(int records) {}
    }
}
