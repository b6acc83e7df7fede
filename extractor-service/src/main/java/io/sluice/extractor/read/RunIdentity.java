package io.sluice.extractor.read;

/**
 * Which run, which attempt, how many partitions.
 *
 * @param syncId the sync
 * @param syncRunId the run
 * @param attemptId this reading of the source
 * @param partitions partition count of the source-records topic
 */
record RunIdentity(long syncId, long syncRunId, String attemptId, int partitions) {}
