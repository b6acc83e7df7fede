package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.QuarantinedRecord;
import io.sluice.differ.diff.PartitionDiffer.Release;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.quarantine.ReleasedRecords;
import io.sluice.support.removal.RemovalLimit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Issue 3.6: records that the destination keeps rejecting are left alone. */
class QuarantineTest {
    private final SimulatedPartition partition = new SimulatedPartition();

    private void run(SyncBehavior behavior, boolean full, Set<String> refused, Row... rows) {
        partition.beginRun(behavior, full);
        play(refused, rows);
    }

    private void play(Set<String> refused, Row... rows) {
        partition.destination.refused = refused;
        partition.beginAttempt("only");
        partition.rows(List.of(rows), Set.of());
        partition.endExtract(rows.length);
        partition.endRun();
    }

    private void upsert(Set<String> refused, Row... rows) {
        run(SyncBehavior.UPSERT, false, refused, rows);
    }

    private long quarantined() {
        return partition.absorbedAs.counts().quarantined();
    }

    @Test
    @DisplayName("After two rejected runs a record is listed with its reason, not attempted, and counted as unchanged")
    void afterTwoRuns() {
        // Given
        partition.quarantineAfter(2);
        upsert(Set.of("a"), new Row("a", 1), new Row("b", 1));
        assertThat(partition.quarantined).isEmpty();

        // When
        upsert(Set.of("a"), new Row("a", 1), new Row("b", 1));

        // Then
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        QuarantinedRecord listed = partition.quarantined.get("a");
        assertThat(listed.getFailures()).isEqualTo(2);
        assertThat(listed.getLastFailedRun()).isEqualTo(partition.runId);
        assertThat(listed.getReason()).isEqualTo("no room for a");
        assertThat(listed.getFailingSince()).isEqualTo(SimulatedPartition.SENT_AT);

        // and from then on, although the destination would accept it
        upsert(Set.of(), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isZero();
        assertThat(partition.counts.getUnchanged()).isEqualTo(2);
        assertThat(quarantined()).isEqualTo(1);
        assertThat(partition.tracked).isEmpty();
        assertThat(partition.quarantined).containsOnlyKeys("a");
    }

    @Test
    @DisplayName("A quarantined record comes back with other content, and leaves the list at once")
    void changedContent() {
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1));

        upsert(Set.of(), new Row("a", 2));

        assertThat(partition.destination.records).containsEntry("a", "a=2");
        assertThat(partition.quarantined).isEmpty();
        assertThat(partition.failingRecords()).isZero();
    }

    @Test
    @DisplayName("A quarantined record comes back with other mappings of the same row")
    void changedMappings() {
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1));

        partition.quarantineAfter(1, 2);
        upsert(Set.of(), new Row("a", 1));

        assertThat(partition.destination.records).containsEntry("a", "a=1");
    }

    @Test
    @DisplayName("A full sync attempts quarantined records; one that is rejected again is left alone by the next run")
    void fullSync() {
        partition.quarantineAfter(2);
        upsert(Set.of("a", "b"), new Row("a", 1), new Row("b", 1));
        upsert(Set.of("a", "b"), new Row("a", 1), new Row("b", 1));

        run(SyncBehavior.UPSERT, true, Set.of("a"), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.quarantined).containsOnlyKeys("a");
        assertThat(partition.quarantined.get("a").getFailures()).isEqualTo(3);

        upsert(Set.of(), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isZero();
    }

    @Test
    @DisplayName("A released record is attempted, and is given as many runs as any other")
    void release() {
        partition.quarantineAfter(2);
        upsert(Set.of("a", "b"), new Row("a", 1), new Row("b", 1));
        upsert(Set.of("a", "b"), new Row("a", 1), new Row("b", 1));

        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.release(new Release(partition.runId, ReleasedRecords.of(List.of("a"))));
        play(Set.of("a", "b"), new Row("a", 1), new Row("b", 1));

        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.quarantined).containsOnlyKeys("b");
        upsert(Set.of("a"), new Row("a", 1), new Row("b", 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.quarantined).containsOnlyKeys("a", "b");
    }

    @Test
    @DisplayName("A release that two plans carry, because the first run failed, works once")
    void releaseIsCarriedAgain() {
        // Given
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1));
        partition.beginRun(SyncBehavior.UPSERT, false);
        Release release = new Release(partition.runId, ReleasedRecords.all());
        partition.release(release);
        play(Set.of("a"), new Row("a", 1));
        assertThat(partition.quarantined).containsOnlyKeys("a");

        // When
        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.release(release);
        play(Set.of(), new Row("a", 1));

        // Then it failed after the release
        assertThat(partition.counts.getPlannedUpdates()).isZero();
        assertThat(partition.quarantined).containsOnlyKeys("a");
    }

    @Test
    @DisplayName("A delete that keeps being rejected is left alone, and does not weigh on the removal guard")
    void deletes() {
        // Given
        partition.quarantineAfter(2);
        Row b = new Row("b", 1);
        run(SyncBehavior.MIRROR, false, Set.of(), new Row("a", 1), b);
        run(SyncBehavior.MIRROR, false, Set.of("a"), b);
        run(SyncBehavior.MIRROR, false, Set.of("a"), b);
        assertThat(partition.counts.getPlannedDeletes()).isEqualTo(1);

        // When
        partition.beginRun(SyncBehavior.MIRROR, false);
        partition.guard(new RemovalLimit(1, 0));
        play(Set.of(), b);

        // Then
        assertThat(partition.takeVotes().getFirst().getRemovals()).isZero();
        assertThat(partition.diffError).isNull();
        assertThat(partition.counts.getPlannedDeletes()).isZero();
        assertThat(quarantined()).isEqualTo(1);
        assertThat(partition.quarantined).containsOnlyKeys("a");

        // and when it is back as it was accepted, nothing is wrong with it any more
        run(SyncBehavior.MIRROR, false, Set.of(), new Row("a", 1), b);
        assertThat(partition.quarantined).isEmpty();
    }

    @Test
    @DisplayName("What left the source leaves the list; a source that broke in mid-read says nothing about it")
    void goneFromTheSource() {
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1), new Row("b", 1));

        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.beginAttempt("broken");
        partition.rows(List.of(new Row("b", 1)), Set.of());
        partition.failExtract();
        partition.endRun();
        assertThat(partition.quarantined).containsOnlyKeys("a");

        upsert(Set.of(), new Row("b", 1));
        assertThat(partition.quarantined).isEmpty();
        assertThat(partition.failingRecords()).isZero();
    }

    @Test
    @DisplayName("DRY-3: a dry run counts what is left alone and changes nothing")
    void dryRun() {
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1), new Row("b", 1));

        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.startAs(RunFacts.Start.DRY);
        play(Set.of(), new Row("a", 1), new Row("c", 1));

        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(quarantined()).isEqualTo(1);
        assertThat(partition.quarantined).containsOnlyKeys("a");
    }

    @Test
    @DisplayName("Switched off, everything is attempted and the list is emptied")
    void switchedOff() {
        partition.quarantineAfter(1);
        upsert(Set.of("a"), new Row("a", 1));

        partition.quarantineAfter(0);
        upsert(Set.of("a"), new Row("a", 1));

        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.quarantined).isEmpty();
        assertThat(partition.failingRecords()).isZero();
    }

    @Test
    @DisplayName("A lower limit lists what has failed often enough already, a higher one lets it go")
    void otherLimits() {
        partition.quarantineAfter(3);
        upsert(Set.of("a"), new Row("a", 1));
        upsert(Set.of("a"), new Row("a", 1));

        partition.quarantineAfter(2);
        upsert(Set.of(), new Row("a", 1));
        assertThat(partition.counts.getPlannedUpdates()).isZero();
        assertThat(partition.quarantined.get("a").getReason()).isEqualTo("no room for a");

        partition.quarantineAfter(4);
        upsert(Set.of("a"), new Row("a", 1));
        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(partition.quarantined).isEmpty();
    }

    @Test
    @DisplayName("ENG-18: a lost answer is no rejection; neither it nor a second reading counts")
    void onlyRejectionsCountAndOncePerRun() {
        partition.quarantineAfter(2);
        partition.destination.lost = Set.of("b");
        partition.beginRun(SyncBehavior.UPSERT, false);
        partition.destination.refused = Set.of("a");
        partition.beginAttempt("one");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1)), Set.of());
        partition.load(2);
        partition.beginAttempt("two");
        partition.rows(List.of(new Row("a", 1), new Row("b", 1)), Set.of());
        partition.endExtract(2);
        partition.endRun();

        assertThat(partition.counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(partition.failingRecords()).isEqualTo(1);
        assertThat(partition.quarantined).isEmpty();
    }
}
