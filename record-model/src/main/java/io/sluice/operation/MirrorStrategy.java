package io.sluice.operation;

import java.util.Optional;

/** What a mirror does with a record that left the source (requirement BEH-9). The wire name is the API's. */
public enum MirrorStrategy {
    /** The record is deleted from the destination. */
    UPDATES_AND_DELETES("sync_updates_and_deletes"),
    /** The record stays; its mapped fields, but not its identifier, are set to null. */
    UPDATES_AND_NULLS("sync_updates_and_nulls"),
    /** The whole source replaces what is there. */
    UPLOAD_AND_SWAP("upload_and_swap");

    private final String wireName;

    MirrorStrategy(String wireName) {
        this.wireName = wireName;
    }

    /** The word of the API. */
    public String wireName() {
        return wireName;
    }

    /** The strategy of that wire name, or empty when there is none. */
    public static Optional<MirrorStrategy> fromWireName(String name) {
        for (MirrorStrategy strategy : values()) {
            if (strategy.wireName.equals(name)) {
                return Optional.of(strategy);
            }
        }
        return Optional.empty();
    }
}
