package io.sluice.differ.kafka;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.Invalidity;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.Topics;
import io.sluice.contract.rows.RowPacker;
import io.sluice.differ.config.DifferConfig;
import io.sluice.support.kafka.IdentifierPartitioner;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.testsupport.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The differ on a real broker and registry, with the extractor and the loader played by the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferIT {
    private static final int PARTITIONS = 4;
    private static final long SYNC = 61;
    private static final long DESTINATION = 15;
    private static final int ROWS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path stateDirectory;

    private final KafkaClients clients = new KafkaClients(new Settings());
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> operationPartitions = new ArrayList<>();
    private final Map<Integer, DiffEnded> diffEnded = new TreeMap<>();
    private final List<Outcome> invalid = new ArrayList<>();
    private final List<PartitionEnded> absorbed = new ArrayList<>();
    private long missed;
    private KafkaProducer<String, SpecificRecord> producer;
    private KafkaConsumer<String, SpecificRecord> watcher;
    private DifferStreams differ;

    @BeforeAll
    void start() {
        TopicProvisioner topics = new TopicProvisioner(clients);
        topics.ensureAll();
        topics.ensure(List.of(Topics.operationsDefinition(DESTINATION, PARTITIONS)));
        producer = clients.producer();
        watcher = clients.broadcastConsumer();
        List<TopicPartition> watched = new ArrayList<>();
        for (String topic :
                List.of(Topics.operations(DESTINATION), Topics.OUTCOMES, Topics.RUN_EVENTS, Topics.RUN_COMMANDS)) {
            watcher.partitionsFor(topic).forEach(info -> watched.add(new TopicPartition(topic, info.partition())));
        }
        watcher.assign(watched);
        watcher.seekToBeginning(watched);
        startDiffer();
    }

    private void startDiffer() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        differ = new DifferStreams(new Settings(), new Config(), new DifferMeters(registry), registry);
        differ.start(null);
    }

    @AfterAll
    void stop() {
        differ.stop(null);
        producer.close();
        watcher.close();
    }

    @Test
    @DisplayName("ENG-3: first run sends all, an unchanged one nothing, and the state survives a restart")
    void threeRuns() {
        // Given a first run whose identifiers are all new, but one that is null
        extract(94, 0);
        awaitDiff();
        assertThat(operations).hasSize(ROWS);
        for (int i = 0; i < operations.size(); i++) {
            assertThat(operationPartitions.get(i))
                    .isEqualTo(IdentifierPartitioner.partition(
                            SYNC, operations.get(i).getIdentifier(), PARTITIONS));
        }
        assertThat(invalid).hasSize(1).first().satisfies(outcome -> assertThat(outcome.getStatus())
                .isEqualTo(OutcomeStatus.NULL_IDENTIFIER));
        acceptAll(94);
        awaitAbsorbed(94);

        // When nothing changes, over a restart of the differ
        differ.stop(null);
        startDiffer();
        extract(95, 0, "marks", row -> true);
        awaitDiff();

        // Then nothing is planned, and no payload was needed to see it
        assertThat(operations).isEmpty();
        assertThat(missed).isZero();
        assertThat(total(95)).isEqualTo(ROWS);
        acceptAll(95);
        awaitAbsorbed(95);

        // When ten rows change and the extractor believes them to be known all the same
        extract(96, 10, "wrong", row -> true);
        eventually(PATIENCE, () -> {
            watch();
            assertThat(missed).isEqualTo(10);
        });

        // Then they are asked for, and the bracket is open where they belong
        assertThat(operations).isEmpty();
        assertThat(diffEnded).hasSizeLessThan(PARTITIONS);
        rows(96, 10, "right", row -> row >= 10);
        awaitDiff();

        // Then exactly ten are planned, with the ordinal the state knows them by
        assertThat(operations).hasSize(10).allSatisfy(operation -> assertThat(operation.getOrdinal())
                .isNotNegative());
        acceptAll(96);
        awaitAbsorbed(96);
    }

    private long total(long run) {
        assertThat(diffEnded.values())
                .allSatisfy(ended -> assertThat(ended.getSyncRunId()).isEqualTo(run));
        return diffEnded.values().stream()
                .mapToLong(ended -> ended.getCounts().getUnchanged())
                .sum();
    }

    private void extract(long run, int changed) {
        extract(run, changed, "attempt", row -> false);
    }

    private void extract(long run, int changed, String attempt, IntPredicate known) {
        operations.clear();
        operationPartitions.clear();
        diffEnded.clear();
        invalid.clear();
        producer.send(new ProducerRecord<>(Topics.RUN_PLANS, Long.toString(run), plan(run)));
        producer.flush();
        rows(run, changed, attempt, known);
    }

    private void rows(long run, int changed, String attempt, IntPredicate known) {
        Map<Integer, RowPacker> rows = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            String identifier = "customer-" + i;
            int value = i < changed ? 1 : 0;
            row(
                    rows.computeIfAbsent(
                            IdentifierPartitioner.partition(SYNC, identifier, PARTITIONS), key -> new RowPacker()),
                    identifier,
                    i,
                    value,
                    known.test(i));
        }
        rows.get(0).add(null, 9, 0, "{\"id\":null}".getBytes(StandardCharsets.UTF_8), Invalidity.NULL_IDENTIFIER, null);
        rows.forEach((partition, records) -> {
            send(partition, new RunStarted(run, SYNC, attempt));
            long count = records.rows();
            send(partition, new RecordBatch(run, attempt, (int) count, records.take()));
            send(
                    partition,
                    ExtractEnded.newBuilder()
                            .setSyncRunId(run)
                            .setAttemptId(attempt)
                            .setState(EndState.COMPLETED)
                            .setRecordCount(count)
                            .setError(null)
                            .build());
        });
        producer.flush();
    }

    private void send(int partition, Object event) {
        producer.send(new ProducerRecord<>(
                Topics.SOURCE_RECORDS, partition, Long.toString(SYNC), new SourceRecordsEvent(event)));
    }

    private static void row(RowPacker rows, String identifier, int number, int value, boolean known) {
        if (known) {
            rows.addKnown(identifier, number + 10L, value);
        } else {
            String payload = "{\"id\":\"" + identifier + "\",\"v\":" + value + "}";
            rows.add(identifier, number + 10L, value, payload.getBytes(StandardCharsets.UTF_8), null, null);
        }
    }

    private void awaitDiff() {
        eventually(PATIENCE, () -> {
            watch();
            assertThat(diffEnded).hasSize(PARTITIONS);
        });
    }

    private void awaitAbsorbed(long run) {
        eventually(PATIENCE, () -> {
            watch();
            assertThat(absorbed.stream().filter(ended -> ended.getSyncRunId() == run))
                    .hasSize(PARTITIONS);
        });
    }

    private void watch() {
        for (ConsumerRecord<String, SpecificRecord> message : watcher.poll(Duration.ofMillis(100))) {
            switch (message.value()) {
                case OperationsEvent event -> operation(message.partition(), event.getEvent());
                case OutcomesEvent event -> {
                    if (event.getEvent() instanceof OutcomeBatch batch && batch.getBatchStartedAt() == null) {
                        invalid.addAll(batch.getOutcomes());
                    }
                }
                case RunEvent event -> {
                    if (event.getEvent() instanceof PartitionEnded ended && ended.getStage() == Stage.DIFF) {
                        absorbed.add(ended);
                    }
                }
                case RunCommand command ->
                    missed += ((RereadRun) command.getCommand()).getMissed().remaining() / Long.BYTES;
                default -> throw new AssertionError("unexpected " + message.value());
            }
        }
    }

    private void operation(int partition, Object event) {
        switch (event) {
            case OperationBatch batch ->
                batch.getOperations().forEach(operation -> {
                    operations.add(operation);
                    operationPartitions.add(partition);
                });
            case DiffEnded ended -> diffEnded.put(partition, ended);
            default -> assertThat(event).isInstanceOf(RunStarted.class);
        }
    }

    /** The loader: everything is accepted. */
    private void acceptAll(long run) {
        Map<Integer, List<Outcome>> outcomes = new TreeMap<>();
        for (Operation operation : operations) {
            outcomes.computeIfAbsent(
                            IdentifierPartitioner.partition(SYNC, operation.getIdentifier(), PARTITIONS),
                            key -> new ArrayList<>())
                    .add(new Outcome(
                            operation.getIdentifier(),
                            operation.getKind(),
                            OutcomeStatus.SUCCEEDED,
                            null,
                            operation.getFingerprint(),
                            operation.getPayload(),
                            operation.getOrdinal()));
        }
        diffEnded.forEach((partition, ended) -> {
            if (outcomes.containsKey(partition)) {
                answer(partition, new OutcomeBatch(run, Instant.now(), Instant.now(), outcomes.get(partition)));
            }
            answer(
                    partition,
                    new LoadEnded(
                            run, EndState.COMPLETED, ended.getCounts(), new LoadCounts(0L, 0L, 0L, 0L, 0L), null));
        });
        producer.flush();
    }

    private void answer(int partition, Object event) {
        producer.send(new ProducerRecord<>(Topics.OUTCOMES, partition, Long.toString(SYNC), new OutcomesEvent(event)));
    }

    @Test
    @DisplayName("Health follows Kafka Streams")
    void becomesRunning() {
        eventually(PATIENCE, () -> assertThat(differ.state()).isEqualTo(KafkaStreams.State.RUNNING));
    }

    private static RunPlan plan(long run) {
        PlannedEndpoint source = new PlannedEndpoint(4L, "postgres", "table", 2L, "app.public.customers");
        PlannedEndpoint destination = new PlannedEndpoint(DESTINATION, "postgres", "table", 3L, "public.people");
        return RunPlan.newBuilder()
                .setSyncRunId(run)
                .setSyncId(SYNC)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(source)
                .setDestination(destination)
                .setQuery(new PlannedSql("select"))
                .setColumns(List.of(new PlannedColumn("id", "string"), new PlannedColumn("v", "number")))
                .setIdentifierColumn("id")
                .setMappings(List.of())
                .setBehavior(PlannedBehavior.MIRROR)
                .setStateMode(PlannedStateMode.PLATFORM)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(Instant.now())
                .build();
    }

    private static final class Settings implements KafkaSettings {
        @Override
        public String bootstrapServers() {
            return Parts.kafka().bootstrapServers();
        }

        @Override
        public String registryUrl() {
            return Parts.registry().url();
        }

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public short replicationFactor() {
            return -1;
        }

        @Override
        public Optional<String> instanceId() {
            return Optional.of("differ-it");
        }

        @Override
        public Map<String, String> properties() {
            return Map.of();
        }
    }

    private static final class Config implements DifferConfig {
        @Override
        public Path stateDirectory() {
            return stateDirectory;
        }

        @Override
        public int threads() {
            return 2;
        }

        @Override
        public int standbyReplicas() {
            return 0;
        }

        @Override
        public Duration commitInterval() {
            return Duration.ofMillis(100);
        }

        @Override
        public int storeMemoryMib() {
            return 64;
        }
    }
}
