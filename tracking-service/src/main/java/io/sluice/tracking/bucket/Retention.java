package io.sluice.tracking.bucket;

import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the folders of old runs from the platform's own storage (TRK-5, section 18); it never sees a customer's bucket. A
 * run's age counts from the last object that was written into its folder: its metadata at the start, its last rows at the
 * end. So a run that is open and works is never removed. Several replicas may do it at once: removing what is gone changes
 * nothing. Thread-safe.
 */
public final class Retention {
    private static final String ROOT = "sync_tracking_datasets/";
    private static final Pattern FOLDER = Pattern.compile("(sync_tracking_datasets/\\d+/\\d+/\\d+/).+");

    private final DatedStorage platform;
    private final Duration kept;
    private final Clock clock;

    /**
     * A sweeper.
     *
     * @param kept how long a run's records are kept
     */
    public Retention(DatedStorage platform, Duration kept, Clock clock) {
        this.platform = platform;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Removes what is old.
     *
     * @return how many runs
     */
    public int sweep() throws StorageException {
        Map<String, Map<String, Instant>> folders = new TreeMap<>();
        platform.modified(ROOT).forEach((key, modified) -> {
            Matcher folder = FOLDER.matcher(key);
            if (folder.matches()) {
                folders.computeIfAbsent(folder.group(1), prefix -> new TreeMap<>())
                        .put(key, modified);
            }
        });
        Instant oldest = clock.instant().minus(kept);
        int removed = 0;
        for (Map<String, Instant> objects : folders.values()) {
            if (Collections.max(objects.values()).isBefore(oldest)) {
                remove(objects);
                removed++;
            }
        }
        return removed;
    }

    private void remove(Map<String, Instant> objects) throws StorageException {
        for (String key :
                objects.keySet().stream().filter(key -> !isMetadata(key)).toList()) {
            platform.delete(key);
        }
        for (String key :
                objects.keySet().stream().filter(Retention::isMetadata).toList()) {
            platform.delete(key);
        }
    }

    /** Removed last, so that what an interrupted sweep leaves behind still says what it is. */
    private static boolean isMetadata(String key) {
        return key.endsWith("/metadata.json");
    }
}
