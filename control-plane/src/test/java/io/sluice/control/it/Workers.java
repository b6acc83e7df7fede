package io.sluice.control.it;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RunEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageError;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Plays the other services: hears what the control plane tells them and reports as differ and tracking do. */
final class Workers implements AutoCloseable {
    static final DiffCounts NOTHING = new DiffCounts(0L, 0L, 0L, 0L, 0L);
    static final LoadCounts NOTHING_LOADED = new LoadCounts(0L, 0L, 0L, 0L, 0L);

    private final KafkaClients clients;
    private final KafkaProducer<String, RunEvent> events;

    Workers(KafkaSettings settings) {
        this.clients = new KafkaClients(settings);
        this.events = clients.producer();
    }

    /** Reports how far a stage is. */
    void progress(long run, Stage stage, int partition, long records) {
        send(run, new RunEvent(new StageProgress(run, stage, partition, records, null)));
    }

    /** Reports the good end of a partition by one stage. */
    void ended(long run, Stage stage, int partition, DiffCounts diff, LoadCounts load) {
        send(run, new RunEvent(end(run, stage, partition, EndState.COMPLETED, diff, load, null)));
    }

    /** Reports another end of a partition by both stages. */
    void ended(long run, int partition, EndState state, StageError error, LoadCounts load) {
        for (Stage stage : List.of(Stage.DIFF, Stage.TRACK)) {
            send(run, new RunEvent(end(run, stage, partition, state, NOTHING, load, error)));
        }
    }

    private static PartitionEnded end(
            long run, Stage stage, int partition, EndState state, DiffCounts diff, LoadCounts load, StageError error) {
        return PartitionEnded.newBuilder()
                .setSyncRunId(run)
                .setStage(stage)
                .setPartition(partition)
                .setState(state)
                .setDiff(diff)
                .setLoad(load)
                .setError(error)
                .build();
    }

    /** Ends a run of two partitions without a single record. */
    void complete(long run) {
        for (int partition = 0; partition < 2; partition++) {
            ended(run, partition, EndState.COMPLETED, null, NOTHING_LOADED);
        }
    }

    void send(long run, RunEvent event) {
        events.send(new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(run), event));
        events.flush();
    }

    /** Waits until a topic holds a message like this; the whole topic is read. */
    <V extends SpecificRecord> ConsumerRecord<String, V> await(
            String topic, Predicate<ConsumerRecord<String, V>> wanted) {
        return Eventually.await("such message in " + topic, Duration.ofSeconds(30), () -> this.<V>all(topic).stream()
                .filter(wanted)
                .reduce((first, last) -> last));
    }

    /** Everything a topic holds now, per partition in order. */
    <V extends SpecificRecord> List<ConsumerRecord<String, V>> all(String topic) {
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = clients.broadcastConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Whether a topic exists, and with how many partitions. */
    Optional<Integer> partitions(String topic) {
        try (KafkaConsumer<String, RunEvent> consumer = clients.broadcastConsumer()) {
            return Optional.ofNullable(consumer.listTopics().get(topic)).map(List::size);
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
