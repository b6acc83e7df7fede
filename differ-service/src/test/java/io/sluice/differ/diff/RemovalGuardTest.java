package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.RemovalVote;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.removal.RemovalLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The mass-removal guard decides over all partitions together, whatever share each of them has. */
class RemovalGuardTest {
    private static final int PARTITIONS = 3;

    private final List<SimulatedPartition> partitions = IntStream.range(0, PARTITIONS)
            .mapToObj(number -> new SimulatedPartition(number, PARTITIONS))
            .toList();
    private Random random = new Random(1);

    /** One run; {@code counts[p]} rows in partition p. */
    private void run(SyncBehavior behavior, RemovalLimit limit, int... counts) {
        for (int p = 0; p < PARTITIONS; p++) {
            SimulatedPartition partition = partitions.get(p);
            partition.beginRun(behavior, false);
            if (limit != null) {
                partition.guard(limit);
            }
            partition.beginAttempt("only");
            String name = "p" + p + "-";
            partition.rows(
                    IntStream.range(0, counts[p])
                            .mapToObj(i -> new Row(name + i, 1))
                            .toList(),
                    Set.of());
            partition.endExtract(counts[p]);
        }
        List<RemovalVote> votes = new ArrayList<>();
        partitions.forEach(partition -> votes.addAll(partition.takeVotes()));
        for (SimulatedPartition partition : partitions) {
            Collections.shuffle(votes, random);
            for (RemovalVote vote : votes) {
                partition.deliver(vote);
                if (random.nextInt(3) == 0) {
                    partition.restartDiffer();
                }
                if (random.nextInt(3) == 0) {
                    partition.deliver(vote); // at least once is enough
                }
            }
        }
        partitions.forEach(SimulatedPartition::endRun);
    }

    private int held() {
        return partitions.stream()
                .mapToInt(partition -> partition.destination.records.size())
                .sum();
    }

    @RepeatedTest(5)
    @DisplayName(
            "More than allowed over all partitions: nothing is removed anywhere, and the run says how many of how many")
    void tooManyRemovals(RepetitionInfo repetition) {
        // Given 300 synced records
        random = new Random(repetition.getCurrentRepetition());
        run(SyncBehavior.MIRROR, null, 100, 100, 100);

        // When 101 of them are gone, most of them from one partition
        run(SyncBehavior.MIRROR, new RemovalLimit(25, 100), 10, 90, 99);

        // Then
        assertThat(held()).isEqualTo(300);
        assertThat(partitions).allSatisfy(partition -> {
            assertThat(partition.diffError.getCode()).isEqualTo("REMOVALS_REFUSED");
            assertThat(partition.diffError.getMessage())
                    .contains("101 records of the 300")
                    .contains("confirm_removals");
            assertThat(partition.counts.getPlannedDeletes()).isZero();
        });

        // When the run is confirmed, the guard is off
        run(SyncBehavior.MIRROR, null, 10, 90, 99);
        assertThat(held()).isEqualTo(199);
    }

    @Test
    @DisplayName("One partition may lose most of its records when the whole stays within the limit")
    void unevenButAllowed() {
        // Given
        run(SyncBehavior.MIRROR, null, 200, 1_000, 1_000);

        // When 150 of 2,200 are gone, all from the same partition
        run(SyncBehavior.MIRROR, new RemovalLimit(25, 100), 50, 1_000, 1_000);

        // Then
        assertThat(held()).isEqualTo(2_050);
        assertThat(partitions)
                .allSatisfy(partition -> assertThat(partition.diffError).isNull());
    }

    @Test
    @DisplayName("A hundred removals are always allowed, however small the sync is")
    void fewRemovals() {
        run(SyncBehavior.MIRROR, null, 40, 40, 20);

        run(SyncBehavior.MIRROR, new RemovalLimit(25, 100), 0, 0, 0);

        assertThat(held()).isZero();
    }

    @Test
    @DisplayName("BEH-6: a delete sync holds its deletes until all of the list was read and the guard has spoken")
    void deletesAreHeld() {
        // Given 200 deletes that were confirmed
        partitions.forEach(partition -> IntStream.range(0, 500)
                .forEach(i -> partition.destination.records.put("p" + partitions.indexOf(partition) + "-" + i, "x")));
        run(SyncBehavior.DELETE, null, 100, 50, 50);
        assertThat(held()).isEqualTo(1_300);

        // When the list suddenly holds 301 more
        run(SyncBehavior.DELETE, new RemovalLimit(25, 100), 301, 100, 100);

        // Then nothing is deleted, and the state stays
        assertThat(held()).isEqualTo(1_300);
        assertThat(partitions.get(0).diffError.getMessage()).contains("301 records of the 200");
        assertThat(partitions.get(0).counts.getPlannedDeletes()).isZero();

        // When it is within the limit
        run(SyncBehavior.DELETE, new RemovalLimit(25, 100), 140, 80, 70);
        assertThat(held()).isEqualTo(1_210);
        assertThat(partitions.get(0).counts.getPlannedDeletes()).isEqualTo(40);
    }
}
