package io.sluice.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The counters of one run (HIS-8), as the public API names them.
 *
 * @param source rows in the source
 * @param updates rows that were new or changed
 * @param deletes records that had gone from the source
 * @param invalid rows without identifier, or with one that others have too
 * @param processed operations sent to the destination
 * @param accepted operations that the destination accepted
 * @param rejected operations that it refused
 */
record RunCounts(long source, long updates, long deletes, long invalid, long processed, long accepted, long rejected) {
    /** Reads a sync run of the API; a counter that is not known yet counts as 0. */
    static RunCounts of(JsonNode run) {
        return new RunCounts(
                run.path("source_record_count").asLong(),
                run.path("source_record_updates").asLong(),
                run.path("source_record_deletes").asLong(),
                run.path("source_record_invalids").asLong(),
                run.path("records_processed").asLong(),
                run.path("records_updated").asLong(),
                run.path("records_failed").asLong());
    }
}
