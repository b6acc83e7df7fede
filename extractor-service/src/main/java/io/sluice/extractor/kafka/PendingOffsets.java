package io.sluice.extractor.kafka;

import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which commands of one partition are done. The offset to commit is the one before which everything is done, so that a
 * command whose run was not read to its end comes again after a crash. Used under the caller's lock.
 */
final class PendingOffsets {
    private final TreeMap<Long, Boolean> doneByOffset = new TreeMap<>();

    void begin(long offset) {
        doneByOffset.put(offset, false);
    }

    /** Marks a command as done; gives the offset to commit when it moved. */
    OptionalLong end(long offset) {
        doneByOffset.replace(offset, true);
        OptionalLong commit = OptionalLong.empty();
        while (!doneByOffset.isEmpty() && doneByOffset.firstEntry().getValue()) {
            commit = OptionalLong.of(doneByOffset.pollFirstEntry().getKey() + 1);
        }
        return commit;
    }
}
