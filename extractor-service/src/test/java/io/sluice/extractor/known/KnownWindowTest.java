package io.sluice.extractor.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownWindowTest {
    private static final int ROWS = KnownWindow.STRETCH * 8;

    private final Random random = new Random(42);
    private final List<Long> earlier =
            random.longs(ROWS).map(key -> key & ~1L).boxed().toList();

    @Test
    @DisplayName("Rows in the order of the earlier reading are all found, however many there are")
    void sameOrder() {
        assertThat(found(earlier)).isEqualTo(ROWS);
    }

    @Test
    @DisplayName("Changed rows that moved to the end, and new ones, are not found; the rest is")
    void someChanged() {
        List<Long> now = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            if (i % 5 != 0) {
                now.add(earlier.get(i));
            }
        }
        int kept = now.size();
        random.longs(ROWS / 5).map(key -> key & ~1L).forEach(now::add);

        assertThat(found(now)).isEqualTo(kept);
    }

    @Test
    @DisplayName("A stretch of changed rows longer than the window is passed over")
    void longGap() {
        List<Long> now = earlier.subList(KnownWindow.STRETCH * 5, ROWS);

        // it takes some rows to notice
        assertThat(found(now)).isGreaterThan(KnownWindow.STRETCH);
    }

    @Test
    @DisplayName("Rows in an order that differs only nearby are all found")
    void shuffledNearby() {
        List<Long> now = new ArrayList<>(earlier);
        for (int from = 0; from < ROWS; from += 10_000) {
            Collections.shuffle(now.subList(from, Math.min(ROWS, from + 10_000)), random);
        }

        assertThat(found(now)).isEqualTo(ROWS);
    }

    @Test
    @DisplayName("The flag of an entry is told with it")
    void flags() {
        Iterator<Long> entries = List.of(8L | 1, 10L).iterator();
        KnownWindow window =
                new KnownWindow(() -> entries.hasNext() ? OptionalLong.of(entries.next()) : OptionalLong.empty());

        assertThat(window.find(8)).isEqualTo(9);
        assertThat(window.find(10)).isEqualTo(10);
        assertThat(window.find(12)).isEqualTo(KnownWindow.ABSENT);
    }

    private int found(List<Long> now) {
        Iterator<Long> entries = earlier.iterator();
        KnownWindow window =
                new KnownWindow(() -> entries.hasNext() ? OptionalLong.of(entries.next()) : OptionalLong.empty());
        int found = 0;
        for (long key : now) {
            if (window.find(key) != KnownWindow.ABSENT) {
                found++;
            }
        }
        return found;
    }
}
