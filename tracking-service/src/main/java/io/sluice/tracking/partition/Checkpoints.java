package io.sluice.tracking.partition;

import io.sluice.tracking.ledger.Checkpoint;
import java.util.Set;

/** Port to the committed offset of one partition. */
public interface Checkpoints {

    /**
     * Commits; returns when it is durable. Must fail for an owner who has lost the partition, for else two owners could
     * promise different cuts.
     *
     * @param needed runs whose numbers may not be left out
     * @throws RuntimeException when it is not committed, or nobody knows; the caller calls again with the same checkpoint
     */
    void commit(Checkpoint checkpoint, Set<Long> needed);
}
