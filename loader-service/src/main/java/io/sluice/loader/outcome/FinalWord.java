package io.sluice.loader.outcome;

import io.sluice.contract.OutcomeStatus;

/**
 * The final word on one record.
 *
 * @param index position of the record in its batch
 * @param status succeeded, rejected or unknown
 * @param message the destination's reason, verbatim (RTY-6), or a note; null when there is nothing to say
 */
public record FinalWord(int index, OutcomeStatus status, String message) {}
