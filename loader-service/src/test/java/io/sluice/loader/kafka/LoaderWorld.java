package io.sluice.loader.kafka;

import static io.sluice.testsupport.Eventually.await;

import io.sluice.contract.CancelRun;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.Topics;
import io.sluice.loader.testing.Plans;
import io.sluice.loader.testing.Script;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SettingsCipher;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What is around a loader: a destination of its own, plans, operations, and somebody who reads the outcomes. */
final class LoaderWorld implements AutoCloseable {
    static final int PARTITIONS = 4;

    final long destinationId = ThreadLocalRandom.current().nextLong(1, 1L << 40);
    final long syncId = ThreadLocalRandom.current().nextLong(1, 1L << 40);
    final Script script = Script.named("script-" + destinationId);
    final SettingsCipher cipher;
    final KafkaClients clients = new KafkaClients(TestKafka.ofInstance("world"));
    private final KafkaProducer<String, SpecificRecord> producer = clients.producer();
    private final KafkaConsumer<String, OutcomesEvent> reader = clients.broadcastConsumer();
    private final List<ConsumerRecord<String, OutcomesEvent>> outcomes = new ArrayList<>();
    private final Map<Long, Long> syncs = new HashMap<>();

    LoaderWorld() {
        this(randomKey());
    }

    LoaderWorld(String secretKey) {
        cipher = new SettingsCipher(secretKey);
        TopicProvisioner topics = new TopicProvisioner(clients);
        topics.ensureAll();
        topics.ensure(List.of(Topics.operationsDefinition(destinationId, PARTITIONS)));
        List<TopicPartition> all = partitionsOf(Topics.OUTCOMES);
        reader.assign(all);
        reader.seekToEnd(all);
        all.forEach(reader::position);
        saveDestination("first");
    }

    static String randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static List<TopicPartition> partitionsOf(String topic) {
        return java.util.stream.IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** By partition, where the operations topic begins. */
    Map<Integer, Long> startsOfOperations() {
        return byPartition(reader.beginningOffsets(operationsPartitions()));
    }

    /** By partition, where the next message of the operations topic will be. */
    Map<Integer, Long> endsOfOperations() {
        return byPartition(reader.endOffsets(operationsPartitions()));
    }

    private List<TopicPartition> operationsPartitions() {
        return partitionsOf(Topics.operations(destinationId));
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new HashMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    void saveDestination(String password) {
        saveSettings(Map.of("script", "script-" + destinationId, "password", password));
    }

    void saveSettings(Map<String, String> settings) {
        String key = Topics.connectionKey(ConnectionKind.DESTINATION, destinationId);
        ByteBuffer encrypted = ByteBuffer.wrap(cipher.encrypt(settings, key));
        send(
                Topics.CONNECTIONS,
                0,
                key,
                new ConnectionConfig(ConnectionKind.DESTINATION, destinationId, 1L, "scripted", encrypted, false));
    }

    void deleteDestination() {
        send(Topics.CONNECTIONS, 0, Topics.connectionKey(ConnectionKind.DESTINATION, destinationId), null);
    }

    long newRun() {
        return newRun(null);
    }

    long newRun(Integer batchSize) {
        return newRun(syncId, batchSize);
    }

    /** A run of another sync to the same destination, or of this one. */
    long newRun(long sync, Integer batchSize) {
        long run = ThreadLocalRandom.current().nextLong(1, 1L << 40);
        syncs.put(run, sync);
        RunPlan plan = Plans.plan(run, sync, destinationId, batchSize);
        send(Topics.RUN_PLANS, 0, Long.toString(run), plan);
        return run;
    }

    void start(long run, int partition) {
        operations(run, partition, new RunStarted(run, syncs.get(run), "attempt-1"));
    }

    void upserts(long run, int partition, int from, int to) {
        for (int first = from; first < to; first += 50) {
            List<Operation> batch = new ArrayList<>();
            for (int i = first; i < Math.min(to, first + 50); i++) {
                batch.add(Plans.upsert("p" + partition + "-" + i));
            }
            operations(run, partition, new OperationBatch(run, batch));
        }
    }

    void end(long run, int partition, long updates) {
        DiffCounts counts = new DiffCounts(updates, 0L, updates, 0L, 0L);
        operations(run, partition, new DiffEnded(run, EndState.COMPLETED, counts, null));
    }

    /** A whole run in every partition. */
    void run(long run, int perPartition) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            start(run, partition);
            upserts(run, partition, 0, perPartition);
            end(run, partition, perPartition);
        }
    }

    private void operations(long run, int partition, Object event) {
        String key = Long.toString(syncs.get(run));
        send(Topics.operations(destinationId), partition, key, new OperationsEvent(event));
    }

    void cancel(long run) {
        send(
                Topics.RUN_COMMANDS,
                0,
                Long.toString(syncId),
                new RunCommand(new CancelRun(run, syncId, "Cancelled by a test")));
    }

    void send(String topic, int partition, String key, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic, partition, key, value));
        producer.flush();
    }

    void sendGarbage(int partition) throws Exception {
        try (KafkaProducer<byte[], byte[]> raw =
                new KafkaProducer<>(clients.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(
                            Topics.operations(destinationId),
                            partition,
                            Long.toString(syncId).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9}))
                    .get();
        }
    }

    /** The ends of a run in all partitions, in partition order. */
    List<LoadEnded> awaitEnds(long run) {
        return await("end of run " + run + " in every partition", Duration.ofSeconds(60), () -> {
            poll();
            List<LoadEnded> ends = ends(run);
            return ends.size() == PARTITIONS ? Optional.of(ends) : Optional.empty();
        });
    }

    LoadEnded awaitEnd(long run, int partition) {
        return await("end of run " + run + " in partition " + partition, Duration.ofSeconds(60), () -> {
            poll();
            return ofRun(run)
                    .filter(record -> record.partition() == partition)
                    .map(record -> record.value().getEvent())
                    .filter(LoadEnded.class::isInstance)
                    .map(LoadEnded.class::cast)
                    .findFirst();
        });
    }

    private List<LoadEnded> ends(long run) {
        return ofRun(run)
                .sorted(java.util.Comparator.comparingInt(ConsumerRecord::partition))
                .map(record -> record.value().getEvent())
                .filter(LoadEnded.class::isInstance)
                .map(LoadEnded.class::cast)
                .toList();
    }

    void poll() {
        reader.poll(Duration.ofMillis(50)).forEach(outcomes::add);
    }

    /** All that was read of a run, as read from Kafka. */
    Stream<ConsumerRecord<String, OutcomesEvent>> ofRun(long run) {
        return outcomes.stream().filter(record -> runOf(record.value().getEvent()) == run);
    }

    List<Outcome> outcomesOf(long run) {
        return ofRun(run)
                .flatMap(record -> record.value().getEvent() instanceof OutcomeBatch batch
                        ? batch.getOutcomes().stream()
                        : Stream.empty())
                .toList();
    }

    private static long runOf(Object event) {
        return switch (event) {
            case RunStarted started -> started.getSyncRunId();
            case OutcomeBatch batch -> batch.getSyncRunId();
            case LoadEnded ended -> ended.getSyncRunId();
            default -> throw new AssertionError("unexpected " + event.getClass());
        };
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
