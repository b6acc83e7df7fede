package io.sluice.connector.destination;

/** What becomes of the value a field already has in the destination. */
public enum WriteMode {
    /** It is replaced. Every destination can do this. */
    OVERWRITE,
    /** It stays; the new value is written only where there is none (MAP-6). */
    SET_IF_EMPTY,
    /** Of a list: it stays, and elements it does not have yet are added behind it, in their order (MAP-4). */
    MERGE
}
