package io.sluice.connector.destination.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Positions {@code from} (included) to {@code to} (excluded). */
record Range(int from, int to) {

    int size() {
        return to - from;
    }

    /**
     * Cuts it where a refusal blames a row: before and behind the row with that number (the first is 1). Without one that
     * makes sense it is cut into ten. What is blamed is tried again alone, so a wrong number costs time only.
     */
    List<Range> around(int number) {
        int blamed = from + number - 1;
        if (number < 1 || blamed >= to) {
            return pieces(10);
        }
        return Stream.of(new Range(from, blamed), new Range(blamed, blamed + 1), new Range(blamed + 1, to))
                .filter(piece -> piece.size() > 0)
                .toList();
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
