package io.sluice.tracking.facts;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.contract.FactBucket;
import io.sluice.contract.FactTables;
import io.sluice.tracking.bucket.Buckets;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the latest fact tables to the platform's storage and to each bucket of the organization; a bucket of one workspace
 * gets that workspace's facts. Each file is replaced whole (FCT-8). A place that fails is tried again; the others do not
 * wait. Several replicas write the same bytes. Thread-safe.
 */
public final class FactTableWriter {
    private static final System.Logger LOG = System.getLogger(FactTableWriter.class.getName());
    private static final long PLATFORM = -1;

    private final BucketStorage platform;
    private final Buckets buckets;
    private final Map<Place, FactTables> pending = new HashMap<>();

    /** Somewhere the tables of an organization go to. */
    private record Place(long organizationId, long bucketId, long workspaceId) {}

    public FactTableWriter(BucketStorage platform, Buckets buckets) {
        this.platform = platform;
        this.buckets = buckets;
    }

    /** There are newer facts; {@link #pass} writes them. */
    public synchronized void take(FactTables facts) {
        long organization = facts.getOrganizationId();
        pending.keySet().removeIf(place -> place.organizationId() == organization);
        pending.put(new Place(organization, PLATFORM, 0), facts);
        for (FactBucket bucket : facts.getBuckets()) {
            pending.put(new Place(organization, bucket.getBucketId(), bucket.getWorkspaceId()), facts);
        }
    }

    /**
     * Writes what is new or has failed before.
     *
     * @return how many places still wait
     */
    public int pass() {
        for (Map.Entry<Place, FactTables> each : waiting().entrySet()) {
            Place place = each.getKey();
            try {
                write(place, each.getValue());
                done(place, each.getValue());
            } catch (StorageException failed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the fact tables of organization {0} wait for {1}: {2}",
                        Long.toString(place.organizationId()),
                        place.bucketId() == PLATFORM ? "the platform's storage" : "bucket " + place.bucketId(),
                        failed.getMessage());
            }
        }
        return waiting().size();
    }

    private synchronized Map<Place, FactTables> waiting() {
        return Map.copyOf(pending);
    }

    /** Unless there are newer ones by now. */
    private synchronized void done(Place place, FactTables written) {
        pending.remove(place, written);
    }

    private void write(Place place, FactTables facts) throws StorageException {
        Optional<BucketStorage> target =
                place.bucketId() == PLATFORM ? Optional.of(platform) : buckets.find(place.bucketId());
        if (target.isPresent()) {
            for (Map.Entry<String, ByteBuffer> file :
                    FactFiles.of(facts, place.workspaceId()).entrySet()) {
                target.get().put(file.getKey(), file.getValue());
            }
        }
    }
}
