package io.sluice.extractor.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How far one reading is ahead of the differ, in work: what a row costs that travels whole is one, a mark of an unchanged row
 * a tenth of it. Thread-safe: rows are sent by one thread, and stored ones are reported by another.
 */
public final class Headway {
    /** Marks that cost as much as one whole row: a point read against a read, an operation, an outcome and a write. */
    private static final int MARKS_PER_ROW = 10;

    private record Stored(long offset, long work) {}

    private final Map<Integer, Deque<Stored>> stored = new HashMap<>();
    private long ahead;

    /** The work of a message with these rows. */
    static long work(int whole, int marks) {
        return whole + (marks + MARKS_PER_ROW - 1L) / MARKS_PER_ROW;
    }

    /** A message is on its way. */
    public synchronized void sent(long work) {
        ahead += work;
    }

    /** The log took a message, in the order of its offsets. */
    public synchronized void stored(int partition, long offset, long work) {
        stored.computeIfAbsent(partition, key -> new ArrayDeque<>()).addLast(new Stored(offset, work));
    }

    /** The differ has taken everything before these offsets, by partition. */
    public synchronized void taken(Map<Integer, Long> offsets) {
        stored.forEach((partition, messages) -> {
            long place = offsets.getOrDefault(partition, 0L);
            while (!messages.isEmpty() && messages.getFirst().offset() < place) {
                ahead -= messages.removeFirst().work();
            }
        });
    }

    /** Work that was sent and is not taken yet. */
    public synchronized long ahead() {
        return ahead;
    }
}
