package io.sluice.differ.diff;

/** How a valid record compares with what the destination last accepted (requirement ENG-4). */
public enum RecordClass {
    /** In the source, not in the state. */
    ADDED,
    /** In both, with another fingerprint (or a full sync resends it). */
    CHANGED,
    /** In both, with the accepted fingerprint. */
    UNCHANGED,
    /** In the state, not in the source. */
    REMOVED
}
