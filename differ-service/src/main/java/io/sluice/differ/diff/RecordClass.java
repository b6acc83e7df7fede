package io.sluice.differ.diff;

/** How a valid record compares with what the destination last accepted (requirement ENG-4). */
public enum RecordClass {
    /** In the source, not in the state. */
    ADDED,
    /** In both, with another fingerprint. */
    CHANGED,
    /** In both, with the accepted fingerprint. */
    UNCHANGED,
    /** In both, and a full sync sends it whatever its fingerprint (requirement ENG-10). */
    RESENT,
    /** In the state, not in the source. */
    REMOVED
}
