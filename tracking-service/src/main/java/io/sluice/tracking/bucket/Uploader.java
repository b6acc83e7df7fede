package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what waits in the spool to its bucket. An object is put under its own key and only then taken out of the spool, and
 * its content never changes: however often and by however many replicas it is moved, it is there once. Thread-safe.
 */
public final class Uploader {
    private static final String PROBE = "sync_tracking_datasets/";

    private final Spool spool;
    private final BucketStorage platform;
    private final Buckets buckets;
    private final BucketTroubles troubles;
    private final DelayedRuns delayed;

    public Uploader(
            Spool spool, BucketStorage platform, Buckets buckets, BucketTroubles troubles, DelayedRuns delayed) {
        this.spool = spool;
        this.platform = platform;
        this.buckets = buckets;
        this.troubles = troubles;
        this.delayed = delayed;
    }

    /**
     * Tries every bucket that something waits for, each on a thread of its own, so that one that hangs holds up no other.
     *
     * @return how many objects still wait
     * @throws StorageException when the platform's storage fails
     */
    public int pass() throws StorageException {
        Map<Long, List<Spool.Entry>> waiting = spool.waiting();
        Set<Long> concerned = new LinkedHashSet<>(waiting.keySet());
        concerned.addAll(troubles.all().keySet());
        List<Thread> threads = new ArrayList<>();
        for (long bucketId : concerned) {
            List<Spool.Entry> entries = waiting.getOrDefault(bucketId, List.of());
            threads.add(Thread.ofVirtual().name("upload-bucket-" + bucketId).start(() -> upload(bucketId, entries)));
        }
        for (Thread thread : threads) {
            join(thread);
        }
        delayed.settle();
        return spool.waiting().values().stream().mapToInt(List::size).sum();
    }

    private void upload(long bucketId, List<Spool.Entry> entries) {
        try {
            Optional<BucketStorage> bucket = buckets.find(bucketId);
            BucketStorage target = bucket.orElse(platform);
            for (Spool.Entry entry : entries) {
                move(entry, target);
                delayed.moved(bucketId, entry.folder());
            }
            if (entries.isEmpty() && bucket.isPresent()) {
                target.exists(PROBE + bucketId);
            }
            troubles.up(bucketId);
        } catch (StorageException failed) {
            troubles.down(bucketId, failed);
            entries.stream().map(Spool.Entry::folder).distinct().forEach(folder -> delayed.waits(bucketId, folder));
        }
    }

    private void move(Spool.Entry entry, BucketStorage target) throws StorageException {
        Optional<ByteBuffer> content = spool.content(entry);
        if (content.isEmpty()) {
            return;
        }
        if (!entry.once() || !target.exists(entry.key())) {
            target.put(entry.key(), content.get());
        }
        spool.remove(entry);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while uploading", interrupted);
        }
    }
}
