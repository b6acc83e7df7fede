package io.sluice.loader.kafka;

/** Places where a fault can be put in by tests: what happens when the process dies right here. */
interface LaneHooks {

    /** The destination has answered and the outcomes are written; the transaction is not committed yet. */
    void beforeCommit();

    /** No faults. */
    LaneHooks NONE = () -> {};
}
