package io.sluice.tracking.kafka;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.kafka.OutcomeReader.Reading;
import io.sluice.tracking.partition.PartitionTracker;
import io.sluice.tracking.partition.RunPlanMissingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition this replica owns. When anything fails, the partition is paused, its rows are kept, and it is tried again after
 * a growing pause, while the other partitions go on. Used by the consumer's thread.
 */
final class AssignedPartition {
    private static final Logger LOG = LoggerFactory.getLogger(AssignedPartition.class);

    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;
    private final OutcomeReader reader;
    private final PartitionTracker tracker;
    private final Parking parking;
    private final TrackingStatus status;
    private final Retrying retrying;
    private final Map<Long, Instant> withoutPlan = new HashMap<>();
    private Optional<Instant> retryAt = Optional.empty();

    /** How failures are met. */
    record Retrying(Clock clock, Backoff backoff, Duration planPatience) {}

    /** Where messages go that cannot be tracked. */
    @FunctionalInterface
    interface Parking {
        /** Returns when the message is parked durably. */
        void park(ConsumerRecord<byte[], byte[]> record, String reason);
    }

    AssignedPartition(
            TopicPartition partition,
            Consumer<byte[], byte[]> consumer,
            OutcomeReader reader,
            PartitionTracker tracker,
            Parking parking,
            TrackingStatus status,
            Retrying retrying) {
        this.partition = partition;
        this.consumer = consumer;
        this.reader = reader;
        this.tracker = tracker;
        this.parking = parking;
        this.status = status;
        this.retrying = retrying;
    }

    /** Consumes messages in order, up to the first that fails; the rest is fetched again. */
    void consume(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                take(record);
            } catch (StorageException | RunPlanMissingException | RuntimeException failed) {
                pause(failed);
                return;
            }
            worked();
        }
    }

    /** To be called often: cuts by time, and tries again what failed. */
    void tick() {
        if (retryAt.isPresent() && retrying.clock().instant().isBefore(retryAt.get())) {
            return;
        }
        try {
            boolean unfinished = tracker.hasUnfinishedCut();
            tracker.cutIfDue();
            if (unfinished) {
                worked();
            }
        } catch (StorageException | RunPlanMissingException | RuntimeException failed) {
            pause(failed);
            return;
        }
        if (retryAt.isPresent()) {
            retryAt = Optional.empty();
            consumer.resume(List.of(partition));
        }
        consumer.currentLag(partition).ifPresent(lag -> status.lag(partition.partition(), lag));
    }

    /** Writes what is buffered because the partition goes; a failure loses nothing, the next owner reads the rows again. */
    void release() {
        try {
            tracker.flush();
        } catch (StorageException | RunPlanMissingException | RuntimeException failed) {
            LOG.warn(
                    "{} goes to its next owner with {} rows unwritten, who reads them again: {}",
                    partition,
                    tracker.bufferedRows(),
                    failed.toString());
        }
        status.released(partition.partition());
    }

    /** The partition is somebody else's already. */
    void forget() {
        LOG.warn("{} was lost to another owner, who reads {} rows again", partition, tracker.bufferedRows());
        status.released(partition.partition());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws StorageException, RunPlanMissingException {
        switch (reader.read(record)) {
            case Reading.Poison poison -> park(record, poison.reason());
            case Reading.Readable readable -> {
                try {
                    tracker.accept(record.offset(), readable.message());
                } catch (RunPlanMissingException missing) {
                    if (isWorthWaiting(missing)) {
                        throw missing;
                    }
                    park(record, missing.getMessage());
                }
            }
        }
    }

    private void park(ConsumerRecord<byte[], byte[]> record, String reason)
            throws StorageException, RunPlanMissingException {
        parking.park(record, reason);
        status.parkedOne();
        tracker.skip(record.offset());
    }

    private boolean isWorthWaiting(RunPlanMissingException missing) {
        Instant now = retrying.clock().instant();
        Instant first = withoutPlan.computeIfAbsent(missing.syncRunId(), run -> now);
        return now.isBefore(first.plus(retrying.planPatience()));
    }

    private void worked() {
        retrying.backoff().reset();
        status.working(partition.partition());
    }

    private void pause(Exception failed) {
        Duration pause = retrying.backoff().next();
        consumer.pause(List.of(partition));
        consumer.seek(partition, tracker.position());
        retryAt = Optional.of(retrying.clock().instant().plus(pause));
        if (failed instanceof RebalanceInProgressException) {
            LOG.debug("{} waits for the end of a rebalance", partition);
            return;
        }
        String reason = failed instanceof StorageException || failed instanceof RunPlanMissingException
                ? failed.getMessage()
                : failed.toString();
        status.failing(partition.partition(), reason);
        LOG.warn(
                "{} is tried again in {} ms; {} rows are kept: {}",
                partition,
                pause.toMillis(),
                tracker.bufferedRows(),
                reason);
        LOG.debug("why {} failed", partition, failed);
    }
}
