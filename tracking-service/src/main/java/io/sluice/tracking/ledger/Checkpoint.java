package io.sluice.tracking.ledger;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known for good about one partition; committed to Kafka as the group's offset with its metadata.
 *
 * @param position everything before this offset is in files
 * @param promisedCut when present, the intent of a cut: the rows from {@code position} up to this offset, and no others, go
 *     into the files that {@code runs} numbers; whoever works on the partition next must do exactly that first
 * @param runs the runs' file numbers at {@code position}; a run that is absent is looked up in the bucket
 */
public record Checkpoint(long position, OptionalLong promisedCut, SortedMap<Long, FileSequence> runs) {

    public Checkpoint {
        if (promisedCut.isPresent() && promisedCut.getAsLong() <= position) {
            throw new IllegalArgumentException("a cut ends behind its beginning");
        }
        runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
    }

    /** A partition nobody has worked on. */
    public static Checkpoint start(long position) {
        return new Checkpoint(position, OptionalLong.empty(), new TreeMap<>());
    }
}
