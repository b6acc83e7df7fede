package io.sluice.tracking.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.partition.Ends;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final CutPolicy POLICY = new CutPolicy(4, 10_000, 2, Duration.ofSeconds(10));
    private static final TrackedRow WRITE = SampleRows.succeeded("a", OperationKind.UPSERT);
    private static final TrackedRow DELETE = SampleRows.succeeded("b", OperationKind.DELETE);
    private static final TrackedRow INVALID = SampleRows.invalid(null, RowStatus.NULL);

    private final PartitionLedger ledger = new PartitionLedger(POLICY, Checkpoint.start(0));

    @Test
    void rowsGoToFilesByRunAndBatchType() {
        ledger.open(1, FileSequence.START);
        ledger.open(2, new FileSequence(5, 0, 0, 100));
        ledger.track(0, 1, List.of(WRITE, DELETE, INVALID, WRITE), NOW);
        ledger.track(3, 2, List.of(WRITE), NOW);

        Cut cut = ledger.cut();

        assertThat(cut.files())
                .containsExactlyInAnyOrder(
                        new PlannedFile(1, BatchType.RECORDS_UPDATED, 0, List.of(WRITE, WRITE)),
                        new PlannedFile(1, BatchType.RECORDS_DELETED, 0, List.of(DELETE)),
                        new PlannedFile(1, BatchType.RECORDS_INVALID, 0, List.of(INVALID)),
                        new PlannedFile(2, BatchType.RECORDS_UPDATED, 5, List.of(WRITE)));
        assertThat(cut.intent().promisedCut()).hasValue(4);
        assertThat(cut.after().runs())
                .containsEntry(1L, new FileSequence(1, 1, 1, 4))
                .containsEntry(2L, new FileSequence(6, 0, 0, 101));
        assertThat(cut.progress()).containsExactly(new RunProgress(1, 4), new RunProgress(2, 101));
    }

    @Test
    void theEndOfARunCutsAtOnceAndForgetsTheRun() {
        ledger.open(1, FileSequence.START);
        ledger.track(0, 1, List.of(WRITE), NOW);
        assertThat(ledger.cutDue(NOW)).isFalse();

        ledger.end(1, Ends.of(1), NOW);

        assertThat(ledger.cutDue(NOW)).isTrue();
        Cut cut = ledger.cut();
        assertThat(cut.ended()).containsExactly(Ends.of(1));
        ledger.settle(cut);
        assertThat(ledger.knows(1)).isFalse();
        assertThat(ledger.bufferedRows()).isZero();
        assertThat(ledger.mayCut()).isFalse();
        assertThat(ledger.cutDue(NOW.plusSeconds(100))).isFalse();
    }

    @Test
    void rowsBytesRunsAndTimeEachCut() {
        ledger.open(1, FileSequence.START);
        ledger.track(0, 1, List.of(WRITE, WRITE, WRITE), NOW);
        assertThat(ledger.cutDue(NOW)).isFalse();
        assertThat(ledger.cutDue(NOW.plusSeconds(10))).isTrue();
        ledger.track(1, 1, List.of(WRITE), NOW);
        assertThat(ledger.cutDue(NOW)).isTrue();

        PartitionLedger manyRuns = new PartitionLedger(POLICY, Checkpoint.start(0));
        manyRuns.open(1, FileSequence.START);
        manyRuns.open(2, FileSequence.START);
        manyRuns.track(0, 1, List.of(WRITE), NOW);
        manyRuns.track(1, 2, List.of(WRITE), NOW);
        assertThat(manyRuns.cutDue(NOW)).isTrue();

        PartitionLedger large = new PartitionLedger(POLICY, Checkpoint.start(0));
        large.open(1, FileSequence.START);
        large.track(0, 1, List.of(SampleRows.rejected("a", OperationKind.UPSERT, "x".repeat(10_000))), NOW);
        assertThat(large.cutDue(NOW)).isTrue();
    }

    @Test
    void aPromisedCutIsMadeExactlyThereWhateverTheLimitsSay() {
        TreeMap<Long, FileSequence> runs = new TreeMap<>();
        runs.put(1L, new FileSequence(3, 0, 0, 12));
        PartitionLedger heir = new PartitionLedger(POLICY, new Checkpoint(10, OptionalLong.of(15), runs));
        heir.track(10, 1, List.of(WRITE, WRITE, WRITE, WRITE, WRITE, WRITE), NOW);

        assertThat(heir.cutDue(NOW.plusSeconds(1000))).isFalse();
        assertThat(heir.mayCut()).isFalse();
        heir.track(14, 1, List.of(WRITE), NOW);

        assertThat(heir.cutDue(NOW)).isTrue();
        assertThat(heir.mustCutBefore(15)).isTrue();
        Cut cut = heir.cut();
        assertThat(cut.promised()).isTrue();
        assertThat(cut.files()).singleElement().satisfies(file -> {
            assertThat(file.sequence()).isEqualTo(3);
            assertThat(file.rows()).hasSize(7);
        });
    }

    @Test
    void aPromisedCutWhoseLastMessagesAreGoneIsMadeBeforeTheNextMessage() {
        PartitionLedger heir = new PartitionLedger(POLICY, new Checkpoint(10, OptionalLong.of(15), new TreeMap<>()));

        assertThat(heir.mustCutBefore(14)).isFalse();
        assertThat(heir.mustCutBefore(30)).isTrue();
        Cut cut = heir.cut();
        heir.settle(cut);

        assertThat(cut.files()).isEmpty();
        assertThat(heir.position()).isEqualTo(15);
        assertThat(heir.mustCutBefore(30)).isFalse();
    }

    @Test
    void mistakesOfTheCallerAreRefused() {
        assertThatThrownBy(() -> ledger.track(0, 9, List.of(WRITE), NOW)).hasMessageContaining("run 9 is not open");
        ledger.pass(4, NOW);
        assertThatThrownBy(() -> ledger.pass(4, NOW)).hasMessageContaining("offset 4 does not follow 5");
    }
}
