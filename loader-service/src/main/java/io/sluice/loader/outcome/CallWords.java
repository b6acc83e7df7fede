package io.sluice.loader.outcome;

import java.time.Instant;
import java.util.List;

/**
 * The final words one destination call brought.
 *
 * @param startedAt when the call started
 * @param endedAt when its answer was there
 * @param words one per record whose fate this call decided, at least one
 */
public record CallWords(Instant startedAt, Instant endedAt, List<FinalWord> words) {
    public CallWords {
        words = List.copyOf(words);
    }
}
