package io.sluice.tracking.query;

import io.sluice.tracking.file.FileFooter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Footers that were asked for lately, bounded in bytes of heap. Files never change, so neither do footers. Thread-safe. */
public final class FooterCache {
    private static final int ENTRY_BYTES = 200;

    private final long limit;
    private final Map<Key, FileFooter> footers = new LinkedHashMap<>(64, 0.75f, true);
    private long held;

    /**
     * Whose footer it is.
     *
     * @param bucketId the bucket, empty for the platform's
     * @param file key of the file
     */
    record Key(OptionalLong bucketId, String file) {}

    /** A cache of at most so many bytes. */
    public FooterCache(long limit) {
        this.limit = limit;
    }

    synchronized Optional<FileFooter> get(Key key) {
        return Optional.ofNullable(footers.get(key));
    }

    synchronized void put(Key key, FileFooter footer) {
        FileFooter before = footers.put(key, footer);
        held += weight(key, footer) - (before == null ? 0 : weight(key, before));
        Iterator<Map.Entry<Key, FileFooter>> eldest = footers.entrySet().iterator();
        while (held > limit && eldest.hasNext()) {
            Map.Entry<Key, FileFooter> entry = eldest.next();
            held -= weight(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    /** Bytes held, roughly. */
    public synchronized long held() {
        return held;
    }

    private static long weight(Key key, FileFooter footer) {
        return ENTRY_BYTES + key.file().length() + footer.weight();
    }
}
