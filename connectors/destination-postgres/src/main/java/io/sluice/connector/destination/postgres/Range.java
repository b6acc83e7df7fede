package io.sluice.connector.destination.postgres;

import java.util.ArrayList;
import java.util.List;

/** Positions {@code from} (included) to {@code to} (excluded). */
record Range(int from, int to) {

    int size() {
        return to - from;
    }

    /** Cuts it into at most so many pieces of nearly the same size. */
    List<Range> pieces(int most) {
        int count = Math.min(most, size());
        List<Range> pieces = new ArrayList<>(count);
        for (int piece = 0; piece < count; piece++) {
            pieces.add(new Range(from + size() * piece / count, from + size() * (piece + 1) / count));
        }
        return pieces;
    }
}
