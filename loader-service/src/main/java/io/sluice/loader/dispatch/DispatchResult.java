package io.sluice.loader.dispatch;

import io.sluice.contract.StageError;
import io.sluice.loader.outcome.CallWords;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch. Each record has exactly one final word in {@code calls}, or is counted in {@code notAttempted}.
 *
 * @param calls the calls that decided something, in the order they were made
 * @param notAttempted records the destination surely did not act on, because the run ended before
 * @param failure why the whole run must fail, or empty
 * @param unanswered whether every record's final word is "unknown": the destination gives no answers
 */
public record DispatchResult(
        List<CallWords> calls, int notAttempted, Optional<StageError> failure, boolean unanswered) {
    public DispatchResult {
        calls = List.copyOf(calls);
    }
}
