package io.sluice.tracking.kafka;

import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.testsupport.Eventually;
import io.sluice.tracking.run.Plans;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to a broker what control plane and loader would write; hears what tracking announces. */
final class OutcomesCluster implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Instant STARTED = Instant.parse("2026-11-21T08:00:00Z");

    private final String bootstrapServers;
    private final String registryUrl;
    private final KafkaClients clients;
    private final KafkaProducer<String, OutcomesEvent> outcomes;
    private final KafkaConsumer<String, RunEvent> events;
    private final Map<Long, Set<Integer>> ended = new ConcurrentHashMap<>();
    private final Map<Long, Map<Integer, Long>> progress = new ConcurrentHashMap<>();
    private final List<PartitionEnded> ends = new ArrayList<>();
    private final Map<Long, List<Boolean>> delays = new ConcurrentHashMap<>();

    OutcomesCluster(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        clients = new KafkaClients(settings("test"));
        new TopicProvisioner(clients).ensureAll();
        outcomes = clients.transactionalProducer("test-loader");
        events = clients.broadcastConsumer();
        events.assign(IntStream.range(0, events.partitionsFor(Topics.RUN_EVENTS).size())
                .mapToObj(partition -> new TopicPartition(Topics.RUN_EVENTS, partition))
                .toList());
        events.seekToBeginning(events.assignment());
    }

    TestKafkaSettings settings(String instance) {
        return new TestKafkaSettings(bootstrapServers, registryUrl, PARTITIONS, Optional.of(instance));
    }

    KafkaClients clients() {
        return clients;
    }

    void publishPlan(long run) {
        publishPlan(Plans.of(run));
    }

    void publishPlan(RunPlan plan) {
        try (KafkaProducer<String, RunPlan> plans = clients.producer()) {
            plans.send(new ProducerRecord<>(Topics.RUN_PLANS, Long.toString(plan.getSyncRunId()), plan));
        }
    }

    /** Announces a bucket as the control plane does. */
    void publishBucket(long bucketId, Map<String, String> settings, SettingsCipher cipher) {
        String key = Topics.connectionKey(ConnectionKind.BUCKET, bucketId);
        ByteBuffer encrypted = ByteBuffer.wrap(cipher.encrypt(settings, key));
        try (KafkaProducer<String, ConnectionConfig> configs = clients.producer()) {
            configs.send(new ProducerRecord<>(
                    Topics.CONNECTIONS,
                    key,
                    new ConnectionConfig(ConnectionKind.BUCKET, bucketId, 11L, "s3", encrypted)));
        }
    }

    /** The control plane is told to forget a bucket. */
    void forgetBucket(long bucketId) {
        try (KafkaProducer<String, ConnectionConfig> configs = clients.producer()) {
            configs.send(new ProducerRecord<>(
                    Topics.CONNECTIONS, Topics.connectionKey(ConnectionKind.BUCKET, bucketId), null));
        }
    }

    void start(long run) {
        everywhere(new RunStarted(run, Plans.SYNC, "first"));
    }

    void end(long run) {
        everywhere(new LoadEnded(
                run,
                EndState.COMPLETED,
                new DiffCounts(100L, 0L, 80L, 10L, 10L),
                new LoadCounts(70L, 10L, 10L, 0L, 0L),
                null));
    }

    /** Rows {@code first} to {@code first + count}, in batches, spread over the partitions by their number. */
    void rows(long run, int first, int count, int batch) {
        outcomes.beginTransaction();
        for (int begin = first; begin < first + count; begin += batch * PARTITIONS) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<Outcome> rows = new ArrayList<>();
                for (int index = begin + partition;
                        index < Math.min(first + count, begin + batch * PARTITIONS);
                        index += PARTITIONS) {
                    rows.add(outcome(index));
                }
                if (!rows.isEmpty()) {
                    send(partition, new OutcomeBatch(run, STARTED, STARTED.plusSeconds(1), rows));
                }
            }
        }
        outcomes.commitTransaction();
    }

    /** Of each hundred: 10 deletes, 10 rejected, 10 duplicates, 70 written; as {@link #end} counts. */
    private static Outcome outcome(int index) {
        PlannedOperation kind = index / 4 % 10 == 1 ? PlannedOperation.DELETE : PlannedOperation.UPSERT;
        OutcomeStatus status =
                switch (index / 4 % 10) {
                    case 2 -> OutcomeStatus.REJECTED;
                    case 3 -> OutcomeStatus.DUPLICATE_IDENTIFIER;
                    default -> OutcomeStatus.SUCCEEDED;
                };
        byte[] payload = ("{\"email\":\"c" + index + "@example.com\",\"id\":" + index + ",\"name\":\"Customer " + index
                        + " with a name of some length\"}")
                .getBytes(StandardCharsets.UTF_8);
        return new Outcome(
                "id-" + index,
                kind,
                status,
                status == OutcomeStatus.REJECTED ? "value too long" : null,
                new RecordFingerprint(new byte[16]),
                ByteBuffer.wrap(payload),
                index);
    }

    void garbage(int partition) {
        try (KafkaProducer<byte[], byte[]> raw =
                new KafkaProducer<>(clients.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(Topics.OUTCOMES, partition, null, new byte[] {0, 1, 2, 3}));
            raw.send(new ProducerRecord<>(Topics.OUTCOMES, partition, null, null));
        }
    }

    private void everywhere(Object event) {
        outcomes.beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(partition, event);
        }
        outcomes.commitTransaction();
    }

    private void send(int partition, Object event) {
        outcomes.send(
                new ProducerRecord<>(Topics.OUTCOMES, partition, Long.toString(Plans.SYNC), new OutcomesEvent(event)));
    }

    /** Waits until tracking has announced the run's end in every partition. */
    void awaitEnd(long run) {
        Eventually.eventually(PATIENCE, () -> {
            hear();
            Set<Integer> partitions = ended.getOrDefault(run, Set.of());
            if (partitions.size() < PARTITIONS) {
                throw new AssertionError("run " + run + " has ended in partitions " + partitions);
            }
        });
    }

    boolean hasEnded(long run) {
        hear();
        return ended.getOrDefault(run, Set.of()).size() == PARTITIONS;
    }

    List<PartitionEnded> ends() {
        return List.copyOf(ends);
    }

    /** Rows of a run that progress events speak of, the highest of each partition. */
    long progress(long run) {
        hear();
        return progress.getOrDefault(run, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** What was told about a run's files having to wait. */
    List<Boolean> delays(long run) {
        hear();
        return delays.getOrDefault(run, List.of());
    }

    private void hear() {
        for (ConsumerRecord<String, RunEvent> record : events.poll(Duration.ofMillis(50))) {
            switch (record.value().getEvent()) {
                case PartitionEnded end -> {
                    ends.add(end);
                    ended.computeIfAbsent(end.getSyncRunId(), run -> new TreeSet<>())
                            .add(end.getPartition());
                }
                case StageProgress step
                when step.getStage() == Stage.TRACK -> {
                    progress.computeIfAbsent(step.getSyncRunId(), run -> new ConcurrentHashMap<>())
                            .merge(step.getPartition(), step.getRecords(), Math::max);
                    if (step.getDelayed() != null) {
                        delays.computeIfAbsent(step.getSyncRunId(), run -> new ArrayList<>())
                                .add(step.getDelayed());
                    }
                }
                default -> throw new AssertionError("tracking announced " + record.value());
            }
        }
    }

    @Override
    public void close() {
        outcomes.close(Duration.ZERO);
        events.close();
    }
}
