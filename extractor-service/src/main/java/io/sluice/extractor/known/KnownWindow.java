package io.sluice.extractor.known;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Looks for rows in the entries of an earlier reading, which come in about the same order. It holds three stretches of
 * entries, the one where rows are found and its neighbours, and moves on as rows are found in the last one, or when none was
 * found for long (rows were removed, or moved). Entries are even numbers plus a flag in the lowest bit. Used by one thread.
 */
final class KnownWindow {
    /** What {@link #find} says of an unknown row; no entry has this value. */
    static final long ABSENT = 0;

    /** Entries of a stretch. */
    static final int STRETCH = 1 << 16;

    private static final int SLOTS = STRETCH * 2;
    private static final int LOST_AFTER = STRETCH / 4;
    private static final long FLAG = 1;

    private final Supplier<OptionalLong> entries;
    private long[] before = new long[SLOTS];
    private long[] here = new long[SLOTS];
    private long[] after = new long[SLOTS];
    private boolean ended;
    private int missed;

    /**
     * A window at the beginning.
     *
     * @param entries gives entries in the order of the earlier reading, then nothing, for ever
     */
    KnownWindow(Supplier<OptionalLong> entries) {
        this.entries = entries;
        fill(here);
        fill(after);
    }

    /** The entry of a key, with its flag, or {@link #ABSENT}. */
    long find(long key) {
        long found = find(here, key);
        if (found == ABSENT) {
            found = find(after, key);
            if (found != ABSENT) {
                move();
            } else {
                found = find(before, key);
            }
        }
        if (found != ABSENT) {
            missed = 0;
        } else if (++missed >= LOST_AFTER) {
            missed = 0;
            move();
        }
        return found;
    }

    private void move() {
        if (ended) {
            return; // the last stretches stay in sight
        }
        long[] oldest = before;
        before = here;
        here = after;
        after = oldest;
        Arrays.fill(after, ABSENT);
        fill(after);
    }

    private void fill(long[] slots) {
        for (int i = 0; i < STRETCH && !ended; i++) {
            OptionalLong entry = entries.get();
            if (entry.isEmpty()) {
                ended = true;
            } else {
                put(slots, entry.getAsLong());
            }
        }
    }

    private static void put(long[] slots, long entry) {
        if ((entry & ~FLAG) == ABSENT) {
            return; // one row in all the world: it travels whole
        }
        int slot = slot(entry);
        while (slots[slot] != ABSENT) {
            slot = slot + 1 & SLOTS - 1;
        }
        slots[slot] = entry;
    }

    private static long find(long[] slots, long key) {
        int slot = slot(key);
        while (slots[slot] != ABSENT) {
            if ((slots[slot] & ~FLAG) == key) {
                return slots[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return ABSENT;
    }

    /** Entries are hashes already: some of their bits will do. */
    private static int slot(long entry) {
        return (int) (entry >>> 20) & SLOTS - 1;
    }
}
