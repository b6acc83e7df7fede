package io.sluice.loader.dispatch;

import io.sluice.contract.OutcomeStatus;
import io.sluice.loader.outcome.FinalWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the final words of one call. */
final class Words {
    private final List<FinalWord> words;

    Words(int expected) {
        this.words = new ArrayList<>(expected);
    }

    /** The same word for each record of a slice. */
    static List<FinalWord> same(Slice slice, OutcomeStatus status, String message) {
        List<FinalWord> words = new ArrayList<>(slice.size());
        for (int index : slice.indexes()) {
            words.add(new FinalWord(index, status, message));
        }
        return words;
    }

    void add(int index, OutcomeStatus status, String message) {
        words.add(new FinalWord(index, status, message));
    }

    /** In the batch's order. */
    List<FinalWord> list() {
        words.sort(Comparator.comparingInt(FinalWord::index));
        return words;
    }
}
