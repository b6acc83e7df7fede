package io.sluice.operation;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the user chose a sync to do (requirements BEH-1 to BEH-8). The wire name is the API's {@code operation}. */
public enum SyncBehavior {
    /** Update when the identifier matches, create when it does not. */
    UPSERT,
    /** Update matches, never create. */
    UPDATE,
    /** Create when there is no match, never modify. */
    INSERT,
    /** Upsert, and remove what was synced before and is no longer in the source. */
    MIRROR,
    /** Send each new record once, as to a log. */
    APPEND,
    /** Delete the listed identifiers from the destination. */
    DELETE;

    /** The behaviors that must know what was sent before: a source without state cannot have them (SRC-13, SRC-14). */
    public static Set<SyncBehavior> needingState() {
        return EnumSet.of(MIRROR, APPEND);
    }

    /** The word of the API and of the tracking files, for example {@code upsert}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The behavior of that wire name, or empty when there is none. */
    public static Optional<SyncBehavior> fromWireName(String name) {
        for (SyncBehavior behavior : values()) {
            if (behavior.wireName().equals(name)) {
                return Optional.of(behavior);
            }
        }
        return Optional.empty();
    }
}
