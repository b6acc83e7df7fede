package io.sluice.tracking.kafka;

import io.sluice.tracking.bucket.BucketTroubles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** How the service is, for health and metrics. Written by the consumer's thread, read by any. */
public final class TrackingStatus {
    private final Clock clock;
    private final BucketTroubles troubles;
    private final AtomicLong spooled = new AtomicLong();
    private final SortedMap<Integer, Long> lags = new ConcurrentSkipListMap<>();
    private final SortedMap<Integer, Failure> failures = new ConcurrentSkipListMap<>();
    private final AtomicLong parked = new AtomicLong();
    private volatile Instant lastTurn;
    private volatile boolean joined;
    private volatile Optional<String> outage = Optional.empty();

    /**
     * Why a partition stands still.
     *
     * @param since when it first failed
     * @param reason the latest reason
     */
    public record Failure(Instant since, String reason) {}

    TrackingStatus(Clock clock, BucketTroubles troubles) {
        this.clock = clock;
        this.troubles = troubles;
        this.lastTurn = clock.instant();
    }

    void turned() {
        lastTurn = clock.instant();
    }

    void joined() {
        joined = true;
        outage = Optional.empty();
    }

    void lag(int partition, long messages) {
        lags.put(partition, messages);
    }

    void failing(int partition, String reason) {
        failures.compute(
                partition, (number, before) -> new Failure(before == null ? clock.instant() : before.since(), reason));
    }

    void working(int partition) {
        failures.remove(partition);
    }

    void released(int partition) {
        failures.remove(partition);
        lags.remove(partition);
    }

    void parkedOne() {
        parked.incrementAndGet();
    }

    void broken(String reason) {
        joined = false;
        outage = Optional.of(reason);
        failures.clear();
        lags.clear();
    }

    /** Time since the consumer's loop last went round. */
    public Duration standstill() {
        return Duration.between(lastTurn, clock.instant());
    }

    /** Whether the replica is a member of the group and knows its partitions (there may be none). */
    public boolean isJoined() {
        return joined;
    }

    /** Why the consumer cannot work at all. */
    public Optional<String> outage() {
        return outage;
    }

    /** Messages not yet consumed, by partition this replica owns. */
    public Map<Integer, Long> lags() {
        return new TreeMap<>(lags);
    }

    /** The partitions that stand still. */
    public Map<Integer, Failure> failures() {
        return new TreeMap<>(failures);
    }

    void spooled(int objects) {
        spooled.set(objects);
    }

    /** Customers' buckets that cannot be written to, by id: their files wait in the spool, nothing else does. */
    public Map<Long, BucketTroubles.Trouble> bucketTroubles() {
        return troubles.all();
    }

    /** Objects in the spool, of all replicas, when it was last looked at. */
    public long spooled() {
        return spooled.get();
    }

    /** Messages parked since the start. */
    public long parked() {
        return parked.get();
    }
}
