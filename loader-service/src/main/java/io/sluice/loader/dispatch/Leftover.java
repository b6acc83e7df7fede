package io.sluice.loader.dispatch;

import io.sluice.contract.OutcomeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records of one call without a final word yet, each with the reason it was given. */
final class Leftover {
    private final List<Integer> indexes = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Duration longest = Duration.ZERO;

    void add(int index, Duration after, String reason) {
        indexes.add(index);
        reasons.add(reason);
        longest = after.compareTo(longest) > 0 ? after : longest;
    }

    boolean any() {
        return !indexes.isEmpty();
    }

    int[] indexes() {
        return indexes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The longest wait any of them was asked for. */
    Duration longest() {
        return longest;
    }

    /** The first reason stands for all when they are sent again together. */
    String reason() {
        return reasons.getFirst();
    }

    /** No further try: each gets its own reason as its final word. */
    void settle(Words words, OutcomeStatus status) {
        for (int i = 0; i < indexes.size(); i++) {
            words.add(indexes.get(i), status, reasons.get(i));
        }
    }
}
