package io.sluice.loader.position;

import java.util.List;

/**
 * Everything before this position has its final word, in an outcome message of the same transaction as the position.
 *
 * @param offset the next message of the operations topic
 * @param skip how many operations of that message have their final word already
 * @param openRuns the runs whose bracket is open here
 * @param complete whether {@code openRuns} names all of them; false only after {@link PositionCodec} had to leave some out
 */
public record PartitionPosition(long offset, int skip, List<OpenRun> openRuns, boolean complete) {
    public PartitionPosition {
        openRuns = List.copyOf(openRuns);
        if (skip < 0) {
            throw new IllegalArgumentException("skip must be 0 or more, not " + skip);
        }
    }

    /** Where a partition begins that nobody has worked on yet. */
    public static PartitionPosition start(long offset) {
        return new PartitionPosition(offset, 0, List.of(), true);
    }
}
