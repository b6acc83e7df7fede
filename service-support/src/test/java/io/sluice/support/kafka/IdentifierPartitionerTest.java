package io.sluice.support.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdentifierPartitionerTest {

    @Test
    @DisplayName("State depends on it: these partitions may never change")
    void stableForEver() {
        assertThat(IntStream.range(0, 12)
                        .map(i -> IdentifierPartitioner.partition(61, "customer-" + i, 4))
                        .toArray())
                .containsExactly(2, 0, 3, 3, 0, 3, 2, 2, 1, 2, 2, 3);
    }

    @Test
    @DisplayName("Identifiers spread evenly")
    void even() {
        int[] counts = new int[8];
        IntStream.range(0, 80_000).forEach(i -> counts[IdentifierPartitioner.partition(3, "" + i, 8)]++);

        assertThat(IntStream.of(counts)).allSatisfy(count -> assertThat(count).isBetween(9_000, 11_000));
    }
}
