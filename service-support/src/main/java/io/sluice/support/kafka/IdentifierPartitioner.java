package io.sluice.support.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition of the co-partitioned topics a record travels through: the same for the same sync and identifier for
 * ever, or state and records would part ways.
 */
public final class IdentifierPartitioner {

    private IdentifierPartitioner() {}

    /**
     * The partition of one record.
     *
     * @param syncId the sync
     * @param identifier text form of the primary identifier
     * @param partitions partition count, at least 1
     */
    public static int partition(long syncId, String identifier, int partitions) {
        int hash = Utils.murmur2(identifier.getBytes(StandardCharsets.UTF_8)) * 31 + Long.hashCode(syncId);
        return Utils.toPositive(hash) % partitions;
    }
}
