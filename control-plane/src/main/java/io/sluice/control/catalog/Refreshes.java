package io.sluice.control.catalog;

import java.util.Optional;

/** Refresh jobs and their keys (API-5). Every method is one transaction. */
public interface Refreshes {

    /** What is being read again. */
    enum Kind {
        TABLES,
        COLUMNS,
        DESTINATION_OBJECTS
    }

    /**
     * A refresh job.
     *
     * @param key its key
     * @param completed whether it is over
     * @param error why it found nothing, when it failed
     */
    record Refresh(long key, boolean completed, Optional<String> error) {}

    /** Notes that a refresh begins. */
    long begin(Kind kind, long subjectId);

    /** Notes that a refresh is over. */
    void finish(long key, Optional<String> error);

    /** The refresh with that key, or the latest one of the subject when no key is given. */
    Optional<Refresh> find(Kind kind, long subjectId, Optional<Long> key);

    /** Ends what an earlier process left unfinished. */
    void endAbandoned();
}
