package io.sluice.loader.kafka;

import io.sluice.contract.CancelRun;
import io.sluice.contract.RunCommand;
import io.sluice.contract.Topics;
import io.sluice.loader.run.Cancellations;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.PoisonCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which runs users have cancelled: reads all partitions of the run commands, without a group and from their
 * beginning, because a run that is open here may have been cancelled while this process was down. Thread-safe.
 */
final class CancelWatch implements Cancellations, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);
    private static final Duration POLL = Duration.ofMillis(250);

    /** Commands are kept for seven days; a run does not live that long. */
    private static final long KEPT_MILLIS = Duration.ofDays(7).toMillis();

    private final KafkaConsumer<String, RunCommand> consumer;
    private final ConcurrentMap<Long, Canceled> canceled = new ConcurrentHashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    private record Canceled(String reason, long at) {}

    CancelWatch(KafkaClients clients) {
        this.consumer = clients.silentTopicConsumer();
        this.thread = Thread.ofPlatform().daemon().name("cancel-watch").unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /** Waits until everything that was commanded before the start is known. */
    boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> reason(long syncRunId) {
        return Optional.ofNullable(canceled.get(syncRunId)).map(Canceled::reason);
    }

    private void follow() {
        try (consumer) {
            Map<TopicPartition, Long> ends = Map.of();
            while (!closed) {
                try {
                    if (ends.isEmpty()) {
                        ends = assignAll();
                    }
                    for (ConsumerRecord<String, RunCommand> command : consumer.poll(POLL)) {
                        apply(command);
                    }
                    if (caughtUp.getCount() > 0 && hasReached(ends)) {
                        caughtUp.countDown();
                    }
                } catch (WakeupException woken) {
                    LOG.debug("the cancel watch is asked to stop");
                } catch (RecordDeserializationException unreadable) {
                    if (!PoisonCheck.passOver(consumer, unreadable, CancelWatch::skip)) {
                        pause();
                    }
                } catch (RuntimeException failed) {
                    LOG.warn("cannot read run commands, trying again: {}", failed.toString());
                    pause();
                }
            }
        }
    }

    /** The extractor parks it; here it is only not known. */
    private static void skip(RecordDeserializationException poison) {
        LOG.error("skipping an unreadable command at {}", poison.offset());
    }

    private Map<TopicPartition, Long> assignAll() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.RUN_COMMANDS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions);
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void apply(ConsumerRecord<String, RunCommand> command) {
        if (command.value() != null && command.value().getCommand() instanceof CancelRun cancel) {
            canceled.put(cancel.getSyncRunId(), new Canceled(cancel.getReason(), command.timestamp()));
            long oldest = System.currentTimeMillis() - KEPT_MILLIS;
            canceled.values().removeIf(known -> known.at() < oldest);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread.isAlive()) {
            consumer.wakeup();
        } else {
            consumer.close();
        }
    }
}
