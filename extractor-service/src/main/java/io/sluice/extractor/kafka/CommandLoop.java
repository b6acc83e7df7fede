package io.sluice.extractor.kafka;

import io.sluice.contract.CancelRun;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunCommand;
import io.sluice.contract.StartRun;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands and runs each StartRun on a thread of its own; the command's offset is committed when the run's bracket is
 * closed. A CancelRun and a RereadRun have the same key, so they reach the replica that reads the run.
 *
 * <p>Reading is processor-heavy between the waits, so runs get platform threads: virtual ones would let one large run hold up
 * the small ones on a machine with few cores.
 */
final class CommandLoop implements Runnable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Runs whose extractor is remembered, for what the differ may still ask of them. */
    private static final int RECENT = 64;

    private record Finished(TopicPartition partition, long offset) {}

    private record Running(TopicPartition partition, RunExtractor extractor) {}

    private final Supplier<? extends Consumer<String, RunCommand>> consumers;
    private final LongFunction<Optional<RunExtractor>> extractors;
    private final ParkedMessages parked;
    private final int parallelRuns;
    private final Map<TopicPartition, PendingOffsets> pending = new HashMap<>();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final Map<Long, RunExtractor> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RunExtractor> eldest) {
            return size() > RECENT;
        }
    };
    private Consumer<String, RunCommand> consumer;
    private volatile boolean stopping;
    private volatile long lastTurn = System.nanoTime();

    CommandLoop(
            Supplier<? extends Consumer<String, RunCommand>> consumers,
            LongFunction<Optional<RunExtractor>> extractors,
            ParkedMessages parked,
            int parallelRuns) {
        this.consumers = consumers;
        this.extractors = extractors;
        this.parked = parked;
        this.parallelRuns = parallelRuns;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (Consumer<String, RunCommand> member = consumers.get()) {
                consumer = member;
                member.subscribe(List.of(Topics.RUN_COMMANDS), this);
                while (!stopping) {
                    lastTurn = System.nanoTime();
                    turn();
                }
                letGoOfAll();
                commitFinished();
            } catch (WakeupException woken) {
                letGoOfAll();
                return;
            } catch (RuntimeException failed) {
                LOG.warn("commands are read by another member of the group from now on", failed);
                letGoOfAll();
                pending.clear();
                pause();
            }
        }
    }

    private void letGoOfAll() {
        running.values().forEach(run -> run.extractor().letGo());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        try {
            commitFinished();
            // no room for more runs: keep polling (membership) but take nothing
            if (running.size() >= parallelRuns) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.paused());
            }
            takeAll(consumer.poll(POLL));
        } catch (RecordDeserializationException unreadable) {
            if (!PoisonCheck.passOver(consumer, unreadable, poison -> parked.park("extractor", poison))) {
                pause();
            }
        } catch (WakeupException | FencedInstanceIdException over) {
            // a broker that died right after this process had joined may know only its predecessor, and refuse it for
            // ever
            throw over;
        } catch (KafkaException failed) {
            LOG.warn("cannot read commands, trying again: {}", failed.toString());
        }
    }

    /** A command that cannot be taken now comes again with the next poll, and so do those after it. */
    private void takeAll(ConsumerRecords<String, RunCommand> commands) {
        for (TopicPartition partition : commands.partitions()) {
            for (ConsumerRecord<String, RunCommand> command : commands.records(partition)) {
                if (!takeNow(command)) {
                    consumer.seek(partition, command.offset());
                    break;
                }
            }
        }
    }

    private boolean takeNow(ConsumerRecord<String, RunCommand> command) {
        try {
            return take(command);
        } catch (WakeupException woken) {
            throw woken;
        } catch (KafkaException notKnown) {
            LOG.warn("command {} is taken later: {}", command.offset(), notKnown.toString());
            return false;
        }
    }

    /** False when the command must come again: what it is about is just being let go of. */
    private boolean take(ConsumerRecord<String, RunCommand> message) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        pending.computeIfAbsent(partition, key -> new PendingOffsets()).begin(message.offset());
        Finished done = new Finished(partition, message.offset());
        switch (message.value() == null ? null : message.value().getCommand()) {
            case StartRun start
            when isLeaving(start.getSyncRunId()) -> {
                return false;
            }
            case RereadRun again
            when isLeaving(again.getSyncRunId()) -> {
                return false;
            }
            case StartRun start -> start(start, done);
            case CancelRun cancel -> {
                Optional.ofNullable(running.get(cancel.getSyncRunId()))
                        .ifPresent(run -> run.extractor().cancel(cancel.getReason()));
                finished.add(done);
            }
            case RereadRun again -> reread(again, done);
            case null, default -> finished.add(done);
        }
        return true;
    }

    /**
     * Whether the run's reading was told to stop and has not yet. It happens when this process loses a partition and gets it
     * back at once: to answer its command with "is running already" would leave the run unread for ever.
     */
    private boolean isLeaving(long runId) {
        return Optional.ofNullable(running.get(runId))
                .filter(run -> run.extractor().isLetGo())
                .isPresent();
    }

    private void start(StartRun start, Finished done) {
        long runId = start.getSyncRunId();
        Optional<RunExtractor> extractor = running.containsKey(runId) ? Optional.empty() : extractors.apply(runId);
        if (extractor.isEmpty()) {
            LOG.warn("sync run {} is not started: it is running already, or has no plan", runId);
            finished.add(done);
            return;
        }
        start(runId, extractor.get(), done);
    }

    private void start(long runId, RunExtractor extractor, Finished done) {
        Running run = new Running(done.partition(), extractor);
        running.put(runId, run);
        recent.put(runId, extractor);
        Thread.ofPlatform().name("extract-run-" + runId).start(() -> {
            try {
                if (extractor.run()) {
                    finished.add(done);
                }
            } finally {
                running.remove(runId, run);
            }
        });
    }

    /** The run is being read: it begins anew. It was read: it is read once more. */
    private void reread(RereadRun again, Finished done) {
        long runId = again.getSyncRunId();
        RunExtractor earlier = recent.get(runId);
        if (earlier != null && earlier.reread(again)) {
            finished.add(done);
            return;
        }
        Optional<RunExtractor> extractor = extractors.apply(runId);
        if (extractor.isEmpty()) {
            finished.add(done);
            return;
        }
        if (earlier != null) {
            extractor.get().goOnFrom(earlier);
        }
        extractor.get().reread(again);
        start(runId, extractor.get(), done);
    }

    private void commitFinished() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Finished done = finished.poll(); done != null; done = finished.poll()) {
            PendingOffsets partition = pending.get(done.partition());
            if (partition != null) {
                TopicPartition key = done.partition();
                partition.end(done.offset()).ifPresent(offset -> offsets.put(key, new OffsetAndMetadata(offset)));
            }
        }
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.info("commands of {} are mine", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commitFinished();
        release(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        release(partitions);
    }

    private void release(Collection<TopicPartition> partitions) {
        partitions.forEach(pending::remove);
        new ArrayList<>(running.values())
                .stream().filter(run -> partitions.contains(run.partition())).forEach(run -> run.extractor()
                        .letGo());
    }

    /** Nanoseconds since the loop last turned, for liveness. */
    long idleNanos() {
        return System.nanoTime() - lastTurn;
    }

    /** How many runs are being read. */
    int runs() {
        return running.size();
    }

    /** Whether commands are being taken. */
    boolean ready() {
        return !stopping && idleNanos() < 30_000_000_000L;
    }

    /** Asks the loop to end; runs being read are left for the next attempt. */
    void stop() {
        stopping = true;
    }
}
