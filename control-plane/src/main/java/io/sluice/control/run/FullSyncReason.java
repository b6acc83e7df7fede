package io.sluice.control.run;

/** Why a run resends every valid row (ENG-10, ENG-11). The names are part of the API and of run plans. */
public enum FullSyncReason {
    /** No run of the sync has completed yet. */
    FIRST_RUN,
    /** Asked for by the trigger. */
    FORCED,
    /** A destination field is mapped that was not, or gets its value from somewhere else. */
    MAPPING_ADDED,
    /** A mapped destination field has another type than it had. */
    FIELD_TYPE_CHANGED,
    /** Another column or field is the primary identifier: a new identity space (KEY-12). */
    KEY_CHANGED,
    /** Another source, table, model or query is read. */
    SOURCE_CHANGED,
    /** Another destination or destination object is written. */
    DESTINATION_CHANGED,
    /** Another behavior was chosen. */
    BEHAVIOR_CHANGED,
    /** The full sync before did not get to its end: this one sends the rest. */
    UNFINISHED_FULL_SYNC,
    /** What the destination had accepted was not known any more when the run began; found out by the run itself. */
    STATE_LOST,
    /** The source's state moved elsewhere (SRC-16): what was known there is forgotten. */
    STATE_MODE_CHANGED,
    /** The source keeps no state, so every run is a full sync (SRC-13). */
    STATELESS
}
