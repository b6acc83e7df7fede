package io.sluice.extractor.kafka;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.StageError;
import io.sluice.contract.Topics;
import io.sluice.extractor.commit.CommitReports;
import io.sluice.extractor.commit.PartitionCommitter;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.PoisonCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads outcomes and has them saved in the sources that keep their state themselves. Offsets are committed when everything
 * before them is saved, so a crash costs a repetition and loses nothing (AC-22). Outcomes of other syncs are skipped
 * without being decoded.
 */
final class StateCommitter implements Runnable, ConsumerRebalanceListener {
    /** Consumer group of the committers. */
    static final String GROUP = "sluice.extractor.commit";

    private static final Logger LOG = LoggerFactory.getLogger(StateCommitter.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * How long outcomes are gathered before they are saved, unless there are enough for a transaction, or their run has
     * ended. Each transaction costs a connection and a commit in somebody's warehouse, so many small ones cost more than
     * the records in them.
     */
    private static final Duration GATHERING = Duration.ofSeconds(5);

    /** Markers are smaller than this; what is larger, of a sync that keeps its state elsewhere, need not be decoded. */
    private static final int LARGEST_MARKER = 1_024;

    private final KafkaClients clients;
    private final LongFunction<Optional<RunPlan>> plans;
    private final SourceStateWriter writer;
    private final KafkaProducer<String, SpecificRecord> producer;
    private final ParkedMessages parked;
    private final Instant since;
    private final Map<Integer, PartitionCommitter> partitions = new HashMap<>();
    private final Reports reports = new Reports();

    /** A deserializer has one user at a time. */
    private final Object decoding = new Object();

    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("commit-", 0).factory());
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean stopping;
    private boolean uncommitted;
    private long gatheringSince;

    /**
     * Reads from where the group was, or else from a moment on.
     *
     * @param since the first moment whose outcomes matter, where the group has never read
     */
    StateCommitter(
            KafkaClients clients,
            LongFunction<Optional<RunPlan>> plans,
            SourceStateWriter writer,
            KafkaProducer<String, SpecificRecord> producer,
            ParkedMessages parked,
            Instant since) {
        this.clients = clients;
        this.plans = plans;
        this.writer = writer;
        this.producer = producer;
        this.parked = parked;
        this.since = since;
    }

    @Override
    public void run() {
        try (workers) {
            work();
        }
    }

    private void work() {
        while (!stopping) {
            partitions.clear();
            uncommitted = false;
            try (KafkaConsumer<String, byte[]> current = consumer();
                    Deserializer<OutcomesEvent> values = clients.deserializer()) {
                consumer = current;
                current.subscribe(List.of(Topics.OUTCOMES), this);
                while (!stopping) {
                    turn(current, values);
                }
            } catch (WakeupException | SourceStateWriter.Stopped asked) {
                LOG.debug("the committer is asked to stop");
            } catch (KafkaException trouble) {
                LOG.warn("outcomes are read again from the last commit: {}", trouble.toString());
                pause();
            } catch (RuntimeException bug) {
                // no run of a source with its own state would end any more if this thread did
                LOG.error("outcomes are read again from the last commit after an unexpected failure", bug);
                pause();
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> config = clients.consumerConfig();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        config.put(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                GROUP + "-" + clients.settings().instance());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void turn(KafkaConsumer<String, byte[]> current, Deserializer<OutcomesEvent> values) {
        ConsumerRecords<String, byte[]> records = current.poll(POLL);
        if (!uncommitted && records.isEmpty()) {
            return;
        }
        if (!uncommitted) {
            uncommitted = true;
            gatheringSince = System.nanoTime();
        }
        sideBySide(records.partitions().stream()
                .map(partition -> taking(partition.partition(), records.records(partition), values))
                .toList());
        boolean gathered = partitions.values().stream().anyMatch(PartitionCommitter::hasGathered);
        boolean due = !gathered || System.nanoTime() - gatheringSince > GATHERING.toNanos();
        if (due) {
            sideBySide(partitions.values().stream()
                    .map(committer -> (Runnable) committer::applyAll)
                    .toList());
        }
        // the control plane is told before the offsets say that it was
        reports.awaitStored();
        if (due) {
            current.commitSync();
            uncommitted = false;
        }
    }

    /**
     * Partitions wait for their transactions together: a run ends in all of them at nearly the same time.
     *
     * @throws RuntimeException what the first of them threw; all have ended by then
     */
    private void sideBySide(List<Runnable> work) {
        if (work.size() == 1) {
            work.getFirst().run();
            return;
        }
        try {
            for (Future<?> one :
                    workers.invokeAll(work.stream().map(Executors::callable).toList())) {
                one.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SourceStateWriter.Stopped();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException trouble -> throw trouble;
                case Error error -> throw error;
                default -> throw new IllegalStateException("saving outcomes failed", failed.getCause());
            }
        }
    }

    private Runnable taking(
            int partition, List<ConsumerRecord<String, byte[]>> records, Deserializer<OutcomesEvent> values) {
        PartitionCommitter committer =
                partitions.computeIfAbsent(partition, number -> new PartitionCommitter(number, plans, writer, reports));
        return () -> records.forEach(record -> take(committer, record, values));
    }

    private void take(
            PartitionCommitter committer, ConsumerRecord<String, byte[]> record, Deserializer<OutcomesEvent> values) {
        long syncId = Long.parseLong(record.key());
        if (record.value().length > LARGEST_MARKER && !committer.concerns(syncId)) {
            return;
        }
        decoded(record, values).ifPresent(event -> committer.take(syncId, record.offset(), event.getEvent()));
    }

    /** The event of a message; one that nobody can read is parked. */
    private Optional<OutcomesEvent> decoded(ConsumerRecord<String, byte[]> record, Deserializer<OutcomesEvent> values) {
        try {
            synchronized (decoding) {
                return Optional.of(values.deserialize(record.topic(), record.headers(), record.value()));
            }
        } catch (RuntimeException unreadable) {
            if (PoisonCheck.isTrouble(unreadable)) {
                throw new KafkaException("the schema of an outcome cannot be read now", unreadable);
            }
            parked.park(
                    "extractor",
                    new TopicPartition(record.topic(), record.partition()),
                    record.offset(),
                    record.key().getBytes(StandardCharsets.UTF_8),
                    record.value(),
                    String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        LOG.info("outcomes of {} are mine to save", assigned);
        Set<TopicPartition> fresh = new HashSet<>(assigned);
        consumer.committed(fresh).forEach((partition, committed) -> {
            if (committed != null) {
                fresh.remove(partition);
            }
        });
        if (!fresh.isEmpty()) {
            begin(fresh);
        }
    }

    /** Whoever takes over later must not begin later, so the beginning is committed at once. */
    private void begin(Set<TopicPartition> fresh) {
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                fresh.stream().collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli())));
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        for (TopicPartition partition : fresh) {
            OffsetAndTimestamp at = found.get(partition);
            long offset = at == null ? ends.get(partition) : at.offset();
            consumer.seek(partition, offset);
            beginnings.put(partition, new OffsetAndMetadata(offset));
        }
        consumer.commitSync(beginnings);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(partition -> partitions.remove(partition.partition()));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Asks the loop to end. */
    void stop() {
        stopping = true;
        writer.stop();
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private final class Reports implements CommitReports {
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        @Override
        public void committed(int partition, LoadEnded ended) {
            send(PartitionEnded.newBuilder()
                    .setSyncRunId(ended.getSyncRunId())
                    .setStage(Stage.COMMIT)
                    .setPartition(partition)
                    .setState(ended.getState())
                    .setDiff(ended.getDiff())
                    .setLoad(ended.getLoad())
                    .setError(ended.getError())
                    .build());
        }

        @Override
        public void gaveUp(int partition, long syncRunId, EndState state, StageError error) {
            send(PartitionEnded.newBuilder()
                    .setSyncRunId(syncRunId)
                    .setStage(Stage.COMMIT)
                    .setPartition(partition)
                    .setState(state)
                    .setDiff(new DiffCounts(0L, 0L, 0L, 0L, 0L))
                    .setLoad(new LoadCounts(0L, 0L, 0L, 0L, 0L))
                    .setError(error)
                    .build());
        }

        private void send(PartitionEnded ended) {
            producer.send(
                    new ProducerRecord<>(Topics.RUN_EVENTS, Long.toString(ended.getSyncRunId()), new RunEvent(ended)),
                    (stored, failed) -> {
                        if (failed != null) {
                            failure.compareAndSet(null, failed);
                        }
                    });
        }

        /** A report that was lost would leave its run open for ever, so the outcomes are read again. */
        private void awaitStored() {
            producer.flush();
            Exception failed = failure.getAndSet(null);
            if (failed != null) {
                throw new KafkaException("the control plane could not be told", failed);
            }
        }
    }
}
