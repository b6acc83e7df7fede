package io.sluice.tracking.ledger;

/**
 * How many rows of a run are in this partition's files.
 *
 * @param syncRunId the sync run
 * @param rows total so far
 */
public record RunProgress(long syncRunId, long rows) {}
