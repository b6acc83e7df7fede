package io.sluice.connector.source;

/** Takes the rows of one diff. */
public interface DeltaSink {

    /**
     * Takes one row; blocks while downstream is slower. All rows of the source come before the removed records.
     *
     * @return whether more rows are wanted
     */
    boolean accept(DeltaRow row);

    /**
     * Asked once, before the first removed record, if there is any.
     *
     * @param removed how many records are in the state and not in the source
     * @param known how many records are in the state
     * @return whether they are wanted
     */
    default boolean wantsRemoved(long removed, long known) {
        return true;
    }
}
