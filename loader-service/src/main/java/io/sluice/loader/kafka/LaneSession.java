package io.sluice.loader.kafka;

import io.sluice.contract.OperationsEvent;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.position.PositionCodec;
import io.sluice.loader.run.Finished;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane from subscribing to closing: feeds the workers of the partitions it holds and commits what they finish. All on the
 * lane's thread. When anything about a transaction is unclear the session ends with an exception, and the next one starts
 * from what Kafka says is committed, just as after a crash.
 */
final class LaneSession implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSession.class);

    /** While calls are under way finished work is looked for this often. */
    private static final Duration BUSY_POLL = Duration.ofMillis(10);

    private static final Duration IDLE_POLL = Duration.ofMillis(200);

    /**
     * While calls go on, finished work shares a transaction: each costs the broker a marker in every partition touched. The end
     * of a run, and the end of all calls, do not wait.
     */
    private static final long COMMIT_INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    /** A rebalance that keeps refusing offsets for so many tries is something else. */
    private static final int MAXIMUM_REFUSED_COMMITS = 600;

    private final LaneParts parts;
    private final KafkaConsumer<String, OperationsEvent> consumer;
    private final OutcomeCommitter committer;
    private final Map<TopicPartition, PartitionWorker> workers = new HashMap<>();
    private final Map<TopicPartition, List<Finished>> uncommitted = new LinkedHashMap<>();
    private boolean urgent;
    private long committedAt = System.nanoTime();
    private int refusedCommits;

    LaneSession(LaneParts parts, KafkaConsumer<String, OperationsEvent> consumer, OutcomeCommitter committer) {
        this.parts = parts;
        this.consumer = consumer;
        this.committer = committer;
    }

    /** Told after each turn that the lane lives, and whether it has nothing to do and no run is open in it. */
    @FunctionalInterface
    interface Beat {
        void beat(boolean idle);
    }

    /** Works until asked to stop, then finishes the calls under way and commits. */
    void run(BooleanSupplier stopping, Beat beat) throws InterruptedException {
        consumer.subscribe(List.of(parts.topic()), this);
        while (!stopping.getAsBoolean()) {
            ConsumerRecords<String, OperationsEvent> records = poll();
            feed(records);
            pauseWhereFull();
            throwIfBroken();
            collect();
            if (isCommitDue()) {
                commit();
            }
            beat.beat(records.isEmpty() && isIdle());
        }
        stopWorkers(Set.copyOf(workers.keySet()));
        if (!uncommitted.isEmpty()) {
            commit();
        }
    }

    private boolean isIdle() {
        return uncommitted.isEmpty()
                && workers.values().stream().noneMatch(PartitionWorker::isBusy)
                && parts.context().runs().isEmpty();
    }

    private ConsumerRecords<String, OperationsEvent> poll() throws InterruptedException {
        boolean busy = !uncommitted.isEmpty() || workers.values().stream().anyMatch(PartitionWorker::isBusy);
        try {
            return consumer.poll(busy ? BUSY_POLL : IDLE_POLL);
        } catch (RecordDeserializationException unreadable) {
            if (PoisonCheck.passOver(
                    consumer, unreadable, poison -> parts.parked().park(LaneParts.SERVICE, poison))) {
                workers.get(unreadable.topicPartition())
                        .offer(new WorkItem.Parked(unreadable.offset(), parts.keyOf(unreadable)));
            } else {
                Thread.sleep(Duration.ofMillis(500));
            }
            return ConsumerRecords.empty();
        }
    }

    private void feed(ConsumerRecords<String, OperationsEvent> records) {
        for (ConsumerRecord<String, OperationsEvent> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            PartitionWorker worker = workers.get(partition);
            if (record.value() == null || parts.suspects().isGivenUp(partition, record.offset())) {
                parts.parkReadable(partition, record);
                worker.offer(new WorkItem.Parked(record.offset(), record.key()));
            } else {
                worker.offer(WorkItem.Message.of(record.offset(), record.key(), record.value()));
            }
        }
    }

    /** Backpressure without leaving the group: a full partition is not fetched, and polling goes on. */
    private void pauseWhereFull() {
        Set<TopicPartition> paused = consumer.paused();
        List<TopicPartition> pause = new ArrayList<>();
        List<TopicPartition> resume = new ArrayList<>();
        workers.forEach((partition, worker) -> {
            boolean full = worker.isFull();
            if (full && !paused.contains(partition)) {
                pause.add(partition);
            } else if (!full && paused.contains(partition)) {
                resume.add(partition);
            }
        });
        consumer.pause(pause);
        consumer.resume(resume);
    }

    private void throwIfBroken() {
        workers.forEach((partition, worker) -> worker.broken().ifPresent(broken -> {
            parts.suspects().note(partition, broken.offset(), broken.cause());
            throw new IllegalStateException(
                    "the worker of " + partition + " broke at offset " + broken.offset(), broken.cause());
        }));
    }

    private void collect() {
        workers.forEach(this::collect);
    }

    private void collect(TopicPartition partition, PartitionWorker worker) {
        List<Finished> finished = worker.takeFinished();
        if (!finished.isEmpty()) {
            uncommitted.computeIfAbsent(partition, none -> new ArrayList<>()).addAll(finished);
            urgent |= finished.stream().anyMatch(Finished::urgent);
        }
    }

    private boolean isCommitDue() {
        return !uncommitted.isEmpty()
                && (urgent
                        || System.nanoTime() - committedAt > COMMIT_INTERVAL_NANOS
                        || workers.values().stream().noneMatch(PartitionWorker::isBusy));
    }

    private void commit() {
        if (!committer.commit(uncommitted, consumer.groupMetadata())) {
            if (++refusedCommits > MAXIMUM_REFUSED_COMMITS) {
                throw new IllegalStateException("Kafka keeps refusing the offsets of " + parts.topic());
            }
            return;
        }
        uncommitted.forEach((partition, finished) -> finished.stream()
                .flatMap(part -> part.progress().stream())
                .forEach(progress -> parts.progress().tell(partition.partition(), progress)));
        uncommitted.clear();
        urgent = false;
        refusedCommits = 0;
        committedAt = System.nanoTime();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        Set<TopicPartition> wanted = Set.copyOf(added);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(wanted);
        parts.hold(
                consumer.assignment().size(),
                consumer.partitionsFor(parts.topic()).size());
        for (TopicPartition partition : wanted) {
            OffsetAndMetadata known = committed.get(partition);
            PartitionPosition from = known == null
                    ? PartitionPosition.start(-1)
                    : PositionCodec.decode(known.offset(), known.metadata());
            workers.put(partition, new PartitionWorker(parts.workerName(partition), parts.context(), from));
            LOG.info(
                    "{} continues at {} with {} open runs",
                    partition,
                    from.offset(),
                    from.openRuns().size());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        if (revoked.isEmpty()) {
            return;
        }
        stopWorkers(revoked);
        if (!uncommitted.isEmpty()) {
            commit();
        }
        revoked.forEach(uncommitted::remove);
        parts.hold(workers.size(), consumer.partitionsFor(parts.topic()).size());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            uncommitted.remove(partition);
            PartitionWorker worker = workers.remove(partition);
            if (worker != null) {
                worker.stop();
            }
        }
    }

    private void stopWorkers(Collection<TopicPartition> partitions) {
        List<TopicPartition> held =
                partitions.stream().filter(workers::containsKey).toList();
        held.forEach(partition -> workers.get(partition).stop());
        long deadline = System.nanoTime() + parts.revokePatience().toNanos();
        for (TopicPartition partition : held) {
            PartitionWorker worker = workers.remove(partition);
            try {
                worker.awaitStopped(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            collect(partition, worker);
        }
    }

    /** Drops everything that is not committed. */
    void drop() {
        workers.values().forEach(PartitionWorker::stop);
        stopWorkers(Set.copyOf(workers.keySet()));
        uncommitted.clear();
    }
}
