package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.run.RunFolder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole objects on the platform's storage that wait for a customer's bucket, under {@code spool/BUCKET/KEY}. Keeps no state
 * of its own: several replicas share it. Thread-safe.
 */
public final class Spool {
    private static final String ROOT = "spool/";
    private static final Pattern ENTRY =
            Pattern.compile("spool/(\\d{1,18})/(sync_tracking_datasets/(\\d{1,18})/(\\d{1,18})/(\\d{1,18})/.+)");

    private final BucketStorage platform;

    /**
     * An object that waits.
     *
     * @param bucketId the bucket it waits for
     * @param folder the run it belongs to
     * @param key its key in the bucket
     */
    public record Entry(long bucketId, RunFolder folder, String key) {
        String spoolKey() {
            return ROOT + bucketId + "/" + key;
        }

        /** Whether an object that is there already stays (TRK-30). */
        boolean once() {
            return key.equals(folder.metadataKey());
        }
    }

    public Spool(BucketStorage platform) {
        this.platform = platform;
    }

    /** Keeps an object for a bucket; durable when this returns. */
    void add(Entry entry, ByteBuffer content) throws StorageException {
        platform.put(entry.spoolKey(), content);
    }

    /** What waits, by bucket, in the order of the keys: a run's metadata before its files. */
    Map<Long, List<Entry>> waiting() throws StorageException {
        Map<Long, List<Entry>> waiting = new TreeMap<>();
        for (String spoolKey : platform.list(ROOT)) {
            Matcher entry = ENTRY.matcher(spoolKey);
            if (entry.matches()) {
                long bucketId = Long.parseLong(entry.group(1));
                RunFolder folder = new RunFolder(
                        Long.parseLong(entry.group(3)), Long.parseLong(entry.group(4)), Long.parseLong(entry.group(5)));
                waiting.computeIfAbsent(bucketId, bucket -> new ArrayList<>())
                        .add(new Entry(bucketId, folder, entry.group(2)));
            }
        }
        return waiting;
    }

    /** The keys of a run that wait for a bucket. */
    List<String> keys(long bucketId, RunFolder folder) throws StorageException {
        int prefix = (ROOT + bucketId + "/").length();
        return platform.list(ROOT + bucketId + "/" + folder.prefix()).stream()
                .map(key -> key.substring(prefix))
                .toList();
    }

    /** The content of an entry; empty when another replica was quicker. */
    Optional<ByteBuffer> content(Entry entry) throws StorageException {
        return platform.read(entry.spoolKey());
    }

    /** The object is in its bucket: it need not wait any more. */
    void remove(Entry entry) throws StorageException {
        platform.delete(entry.spoolKey());
    }
}
