package io.sluice.tracking.run;

import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.row.BatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Batch numbers of one partition: {@code sequence * partitions + partition}, so that replicas that share a run's partitions
 * never meet in a name and need not speak to each other.
 *
 * @param partition the partition, from 0
 * @param partitions how many there are; must not change while runs are open
 */
public record FileNumbers(int partition, int partitions) {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.parquet");

    public FileNumbers {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException("partition " + partition + " of " + partitions);
        }
    }

    /** The batch number of a sequence number. */
    public long number(int sequence) {
        return (long) sequence * partitions + partition;
    }

    /** What follows this partition's files among these keys of the run's folder. */
    public FileSequence following(RunFolder folder, List<String> keys) {
        FileSequence sequence = FileSequence.START;
        for (BatchType type : BatchType.values()) {
            String prefix = folder.filesPrefix(type);
            for (String key : keys) {
                if (key.startsWith(prefix)) {
                    OptionalLong mine = sequence(key.substring(prefix.length()));
                    if (mine.isPresent()) {
                        sequence = sequence.atLeast(type, Math.toIntExact(mine.getAsLong()));
                    }
                }
            }
        }
        return sequence;
    }

    /**
     * A sequence that follows every file there can be, for when a folder cannot be listed: quarters of a second since 2026.
     * An earlier owner that listed the folder is far below; one that could not began earlier, and what it wrote since is in
     * {@code following} or was written in less than a quarter of a second each.
     */
    static FileSequence beyond(FileSequence following, Instant now) {
        int ticks = Math.toIntExact(Duration.between(EPOCH, now).dividedBy(TICK));
        FileSequence sequence = following;
        for (BatchType type : BatchType.values()) {
            sequence = sequence.atLeast(type, ticks);
        }
        return sequence;
    }

    private OptionalLong sequence(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return number % partitions == partition ? OptionalLong.of(number / partitions) : OptionalLong.empty();
    }
}
