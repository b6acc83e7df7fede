package io.sluice.differ.diff;

/**
 * What one message of rows emitted or, in a later attempt, recognised: a piece of a run's {@link EmissionLog}.
 *
 * @param attempt the attempt that handled the message
 * @param emitted marks of what was emitted
 * @param recognised marks that were skipped because an earlier attempt had emitted them
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read once, never compared
public record EmissionPiece(int attempt, long[] emitted, long[] recognised) {}
