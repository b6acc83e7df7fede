package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartitionDifferTest {
    private final SimulatedPartition partition = new SimulatedPartition();

    private void run(SyncBehavior behavior, Set<String> refused, Row... rows) {
        partition.destination.refused = refused;
        partition.beginRun(behavior, false);
        partition.beginAttempt("only");
        partition.rows(List.of(rows), Set.of());
        partition.endExtract(rows.length);
        partition.endRun();
    }

    @Test
    @DisplayName(
            "AC-3/BEH-12: a first mirror run deletes nothing, foreign rows survive, a removed row is deleted on run 2")
    void mirrorDeletesOnlyWhatItSent() {
        // Given
        partition.destination.records.put("foreign", "theirs");
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedDeletes()).isZero();

        // When
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1));

        // Then
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(partition.destination.records).containsOnlyKeys("foreign", "a");
    }

    @Test
    @DisplayName("AC-5/RTY-2: a rejected row comes back by itself until it is accepted, then is unchanged")
    void rejectedRowIsRetried() {
        // Given
        run(SyncBehavior.UPSERT, Set.of("a"), new Row("a", 1), new Row("b", 1));
        assertThat(partition.destination.records).containsOnlyKeys("b");

        // When
        run(SyncBehavior.UPSERT, Set.of(), new Row("a", 1), new Row("b", 1));

        // Then
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.destination.records).containsOnlyKeys("a", "b");
        run(SyncBehavior.UPSERT, Set.of(), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isZero();
        assertThat(partition.counts.getUnchanged()).isEqualTo(2);
    }

    @Test
    @DisplayName("PM-6: a source that fails in mid-read plans no removal, and what was accepted stays accepted")
    void failedReadRemovesNothing() {
        // Given
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.beginAttempt("broken");
        partition.rows(List.of(new Row("a", 2)), Set.of());
        partition.failExtract();
        partition.endRun();

        // Then
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(partition.destination.records).containsEntry("a", "a=2").containsKey("b");
    }

    @Test
    @DisplayName("Rows that got lost between extractor and differ fail the run instead of deleting what they carried")
    void lostRowsNeverDelete() {
        // Given
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.beginAttempt("lossy");
        partition.rows(List.of(new Row("a", 1)), Set.of());
        partition.endExtract(2);
        partition.endRun();

        // Then
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(partition.destination.records).containsOnlyKeys("a", "b");
    }

    @Test
    @DisplayName("KEY-9: a synced identifier that is duplicated now is neither updated nor deleted")
    void duplicatedIdentifierIsFrozen() {
        // Given
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.beginAttempt("only");
        partition.rows(List.of(new Row("a", 2), new Row("a", 3), new Row("b", 1)), Set.of("a"));
        partition.endExtract(3);
        partition.endRun();

        // Then
        assertThat(partition.counts.getInvalid()).isEqualTo(2);
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(partition.destination.records).containsEntry("a", "a=1");
    }

    @Test
    @DisplayName("KEY-12: after a change of the key a mirror removes nothing under the old identifiers")
    void newKeyNeverDeletesUnderTheOldOne() {
        // Given
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, true);
        partition.beginAttempt("only", new PartitionDiffer.Expectation(true, 0, List.of()));
        partition.rows(List.of(new Row("mail-a", 1), new Row("mail-b", 1)), Set.of());
        partition.endExtract(2);
        partition.endRun();

        // Then
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.destination.records).containsOnlyKeys("a", "b", "mail-a", "mail-b");

        // and from then on the new identifiers are mirrored
        run(SyncBehavior.MIRROR, Set.of(), new Row("mail-a", 1));
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(partition.destination.records).containsOnlyKeys("a", "b", "mail-a");
    }

    @Test
    @DisplayName("ENG-3: a row that came without its payload is unchanged when the state has its fingerprint")
    void knownRowsAreUnchanged() {
        // Given
        run(SyncBehavior.MIRROR, Set.of(), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.known(row -> true);
        partition.beginAttempt("only");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1)), Set.of());
        partition.endExtract(2);
        partition.endRun();

        // Then
        assertThat(partition.takeReread()).isFalse();
        assertThat(partition.counts.getUnchanged()).isEqualTo(2);
        assertThat(partition.counts.getPlannedDeletes()).isZero();
    }

    @Test
    @DisplayName(
            "ENG-18: a row believed to be known that was never accepted is asked for, and comes with the next reading")
    void missedRowsAreAskedFor() {
        // Given
        run(SyncBehavior.MIRROR, Set.of("b"), new Row("a", 1), new Row("b", 1));

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.destination.refused = Set.of();
        partition.known(row -> true);
        partition.beginAttempt("first");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1)), Set.of());
        partition.endExtract(2);

        // Then
        assertThat(partition.counts).isNull();
        assertThat(partition.takeReread()).isTrue();

        // When
        partition.beginAttempt("second");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1)), Set.of());
        partition.endExtract(2);
        partition.endRun();

        // Then
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.counts.getUnchanged()).isEqualTo(1);
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(partition.destination.records).containsOnlyKeys("a", "b");
    }

    @Test
    @DisplayName("More missed rows than are worth naming: all rows are asked for")
    void tooManyMissedRows() {
        List<Row> rows = IntStream.rangeClosed(0, MissedRows.MOST)
                .mapToObj(i -> new Row("id" + i, 1))
                .toList();
        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.known(row -> true);
        partition.beginAttempt("first");
        partition.rows(rows, Set.of());
        partition.endExtract(rows.size());
        assertThat(partition.takeReread()).isTrue();

        partition.beginAttempt("second");
        partition.rows(rows, Set.of());
        partition.endExtract(rows.size());
        partition.endRun();

        assertThat(partition.takeReread()).isFalse();
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(rows.size());
    }
}
