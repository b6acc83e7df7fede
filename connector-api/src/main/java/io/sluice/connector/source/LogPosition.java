package io.sluice.connector.source;

/**
 * Where changes stand in the log of outcomes: positions of a slice grow with the run, and within a run with the offset.
 *
 * @param slice a part of the identifiers that is always handled in order; an identifier never changes its slice
 * @param syncRunId the run
 * @param offset of the last of the changes within its slice
 */
public record LogPosition(int slice, long syncRunId, long offset) {}
