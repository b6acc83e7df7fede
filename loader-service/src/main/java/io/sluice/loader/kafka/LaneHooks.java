package io.sluice.loader.kafka;

/** Places where a fault can be put in by tests: what happens when the process dies right here. */
interface LaneHooks {

    /**
     * The destination has answered and the outcomes are written; the transaction is not committed yet.
     *
     * @param outcomeMessages how many messages with outcomes are in this transaction; brackets are not counted
     */
    void beforeCommit(long outcomeMessages);

    /** No faults. */
    LaneHooks NONE = outcomeMessages -> {};
}
