package io.sluice.tracking.run;

import io.sluice.bucket.StorageException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the objects of a run are kept. What is put is durable when the call returns, and is in the run's bucket then or
 * later, without anybody's doing (docs/adr/0141).
 */
public interface RunStore {

    /** Stores an object of a run, over whatever is there. */
    void put(RunFolder folder, String key, ByteBuffer content) throws StorageException;

    /** Stores an object of a run unless there is one already. */
    void putOnce(RunFolder folder, String key, ByteBuffer content) throws StorageException;

    /** The keys in a run's folder. */
    Keys keys(RunFolder folder) throws StorageException;

    /**
     * Keys in a folder.
     *
     * @param known those that are known
     * @param whole whether there are no others; false while the bucket cannot be asked
     */
    record Keys(List<String> known, boolean whole) {
        public Keys {
            known = List.copyOf(known);
        }
    }
}
