package io.sluice.operation;

import java.util.Optional;

/**
 * Where the fingerprints of what the destination last accepted live, per source (requirement SRC-16, architecture
 * section 3). The wire name is the API's {@code sync_engine}.
 */
public enum StateMode {
    /** In the bookkeeping schema of the customer's warehouse; the diff is pushed down as SQL. */
    WAREHOUSE("advanced"),
    /** In the differ's state store: fingerprints and identifiers only, no payloads. */
    PLATFORM("basic"),
    /** Nowhere: every run is a full sync, and mirror, append and incremental runs are refused. */
    NONE("stateless");

    private final String wireName;

    StateMode(String wireName) {
        this.wireName = wireName;
    }

    /** The API's {@code sync_engine} word. */
    public String wireName() {
        return wireName;
    }

    /** The mode of that wire name, or empty when there is none. */
    public static Optional<StateMode> fromWireName(String name) {
        for (StateMode mode : values()) {
            if (mode.wireName.equals(name)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
