package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeStatus;
import io.sluice.differ.diff.RunFacts.Start;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that meet the state in another way than usual. */
class RunKindsTest {
    private final SimulatedPartition partition = new SimulatedPartition();

    private void run(SyncBehavior behavior, Start start, Row... rows) {
        partition.beginRun(behavior, false);
        partition.startAs(start);
        play(PartitionDiffer.Expectation.NONE, rows);
    }

    private void play(PartitionDiffer.Expectation expected, Row... rows) {
        partition.beginAttempt("only", expected);
        partition.rows(List.of(rows), BehaviorOracle.duplicates(List.of(rows)));
        partition.endExtract(rows.length);
        partition.endRun();
    }

    @Test
    @DisplayName("AC-9/BEH-18: an append that skips current records sends nothing at first, and later only what is new")
    void skipCurrentRecords() {
        // When
        run(SyncBehavior.APPEND, Start.SKIP_CURRENT, new Row("a", 1), new Row("b", 1), new Row("b", 2));

        // Then
        assertThat(partition.destination.log).isEmpty();
        assertThat(partition.counts.getSourceRecords()).isEqualTo(3);
        assertThat(partition.counts.getPlannedUpdates()).isZero();
        assertThat(partition.counts.getUnchanged()).isEqualTo(1);
        assertThat(partition.counts.getInvalid()).isEqualTo(2);

        // and b, which was there twice, was there
        run(SyncBehavior.APPEND, Start.USUAL, new Row("a", 2), new Row("b", 1), new Row("c", 1));
        assertThat(partition.destination.log).containsExactly("c=1");
    }

    @Test
    @DisplayName("BEH-21/22: an append never sends an identifier again, not after it was gone, not in a full sync")
    void appendRemembers() {
        run(SyncBehavior.APPEND, Start.USUAL, new Row("a", 1));
        run(SyncBehavior.APPEND, Start.USUAL);
        partition.beginRun(SyncBehavior.APPEND, true);
        play(PartitionDiffer.Expectation.NONE, new Row("a", 2));

        assertThat(partition.destination.log).containsExactly("a=1");
    }

    @Test
    @DisplayName(
            "ENG-10: a state that does not know the run it should know was lost: everything is sent, and it is said")
    void stateLost() {
        run(SyncBehavior.UPSERT, Start.USUAL, new Row("a", 1));

        partition.beginRun(SyncBehavior.UPSERT, false);
        play(new PartitionDiffer.Expectation(false, 1, List.of()), new Row("a", 1));
        assertThat(partition.counts.getPlannedUpdates()).isZero();

        SimulatedPartition empty = new SimulatedPartition();
        empty.beginRun(SyncBehavior.UPSERT, false);
        empty.beginRun(SyncBehavior.UPSERT, false);
        empty.beginAttempt("only", new PartitionDiffer.Expectation(false, 1, List.of()));
        empty.rows(List.of(new Row("a", 1)), Set.of());
        empty.endExtract(1);
        empty.endRun();
        assertThat(empty.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(empty.absorbedAs.facts().start()).isEqualTo(Start.STATE_LOST);
        assertThat(empty.absorbedAs.facts().fullSync()).isTrue();
    }

    @Test
    @DisplayName("BEH-21: an append that lost its state sends nothing and fails, rather than everything again")
    void appendStateLost() {
        partition.beginRun(SyncBehavior.APPEND, false);
        partition.beginRun(SyncBehavior.APPEND, false);
        play(new PartitionDiffer.Expectation(false, 1, List.of()), new Row("a", 1));

        assertThat(partition.destination.log).isEmpty();
        assertThat(partition.diffError.getCode()).isEqualTo("STATE_LOST");
        assertThat(partition.counts.getPlannedUpdates()).isZero();

        // and the next run does not believe that the state is right because it knows the one before
        partition.beginRun(SyncBehavior.APPEND, false);
        play(new PartitionDiffer.Expectation(false, 1, List.of()), new Row("a", 1));
        assertThat(partition.destination.log).isEmpty();
        assertThat(partition.diffError.getCode()).isEqualTo("STATE_LOST");
    }

    @Test
    @DisplayName("AC-21/DRY-3: a dry run counts, sends nothing and leaves the state as it is")
    void dryRun() {
        // Given
        run(SyncBehavior.MIRROR, Start.USUAL, new Row("a", 1), new Row("b", 1), new Row("c", 1));

        // When
        run(SyncBehavior.MIRROR, Start.DRY, new Row("a", 2), new Row("b", 1), new Row("d", 1), new Row(null, 1));

        // Then
        assertThat(partition.counts.getSourceRecords()).isEqualTo(4);
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(partition.counts.getInvalid()).isEqualTo(1);
        assertThat(partition.absorbedAs.counts().added()).isEqualTo(1);
        assertThat(partition.tracked).isEmpty();
        assertThat(partition.destination.records)
                .containsOnlyKeys("a", "b", "c")
                .containsEntry("a", "a=1");

        // and the real run does what was foretold
        run(SyncBehavior.MIRROR, Start.USUAL, new Row("a", 2), new Row("b", 1), new Row("d", 1), new Row(null, 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(partition.destination.records).containsOnlyKeys("a", "b", "d");
    }

    @Test
    @DisplayName(
            "DRY-3/KEY-12: a dry run after a change of the key counts as if the state were forgotten, and forgets nothing")
    void dryRunOfANewIdentity() {
        run(SyncBehavior.MIRROR, Start.USUAL, new Row("a", 1), new Row("b", 1));

        partition.beginRun(SyncBehavior.MIRROR, true);
        partition.startAs(Start.DRY);
        play(new PartitionDiffer.Expectation(true, 1, List.of()), new Row("a", 1), new Row("mail", 1));

        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        run(SyncBehavior.MIRROR, Start.USUAL, new Row("a", 1));
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(partition.counts.getUnchanged()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "AC-15: a full sync that was cancelled is continued: what was accepted since it began is not sent again")
    void fullSyncIsContinued() {
        // Given
        run(SyncBehavior.UPSERT, Start.USUAL, new Row("a", 1), new Row("b", 1), new Row("c", 1));

        // When
        partition.beginRun(SyncBehavior.UPSERT, true);
        partition.beginAttempt("only");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1), new Row("c", 1)), Set.of());
        partition.endExtract(3);
        partition.load(1);
        partition.cancelRun();

        // Then
        partition.beginRun(SyncBehavior.UPSERT, true, 2);
        play(PartitionDiffer.Expectation.NONE, new Row("a", 1), new Row("b", 1), new Row("c", 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.counts.getUnchanged()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "A record the second reading finds gone is forgotten although the first reading's write is still under way")
    void goneBetweenTwoReadings() {
        // Given
        run(SyncBehavior.UPSERT, Start.USUAL, new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.beginAttempt("killed");
        partition.rows(List.of(new Row("a", 2)), Set.of());
        partition.beginAttempt("second");
        partition.rows(List.of(new Row("b", 1)), Set.of());
        partition.endExtract(1);
        partition.endRun();

        // Then its write was accepted, it is known, and the next run forgets it
        assertThat(partition.tracked).singleElement().satisfies(row -> assertThat(row.getStatus())
                .isEqualTo(OutcomeStatus.SUCCEEDED));
        run(SyncBehavior.UPSERT, Start.USUAL, new Row("b", 1));
        run(SyncBehavior.UPSERT, Start.USUAL, new Row("a", 2), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
    }
}
