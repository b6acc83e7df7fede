package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.Invalidity;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RecordChange;
import io.sluice.contract.RemovalVote;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunStarted;
import io.sluice.contract.rows.RowPacker;
import io.sluice.differ.state.ByteAcceptedState;
import io.sluice.differ.state.ByteFailingRecords;
import io.sluice.differ.state.ByteRunStore;
import io.sluice.differ.state.MemoryByteStore;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The differ of syncs whose state is not its own: kept in the source, or nowhere (SRC-16). */
class ForeignStateTest {
    private static final long SYNC = 5;
    private static final long RUN = 17;

    private final Collected output = new Collected();
    private final ByteAcceptedState state = new ByteAcceptedState(new MemoryByteStore());
    private final MemoryByteStore bytes = new MemoryByteStore();
    private final PartitionDiffer differ =
            new PartitionDiffer(state, new ByteRunStore(bytes), new ByteFailingRecords(bytes), output, 0, 1);

    @Test
    @DisplayName("ENG-5: what the source found changed is planned as the behavior says, and all rows are counted")
    void theSourcesWordIsTaken() {
        // Given
        begin(SyncBehavior.MIRROR, StateMode.WAREHOUSE, "one");

        // When
        rows(
                "one",
                row("a", RecordChange.ADDED, null),
                row("b", RecordChange.CHANGED, null),
                row("c", RecordChange.REMOVED, null),
                row("d", null, Invalidity.DUPLICATE_IDENTIFIER));
        end("one", 4, 96, 1);

        // Then
        assertThat(output.operations).extracting(Operation::getIdentifier).containsExactly("a", "b", "c");
        assertThat(output.operations)
                .extracting(Operation::getKind)
                .containsExactly(PlannedOperation.UPSERT, PlannedOperation.UPSERT, PlannedOperation.DELETE);
        assertThat(text(output.operations.getLast().getPayload())).isEqualTo("{\"id\":\"c\"}");
        DiffCounts counts = output.ended.getCounts();
        assertThat(counts.getSourceRecords()).isEqualTo(3 + 96);
        assertThat(counts.getUnchanged()).isEqualTo(96);
        assertThat(counts.getPlannedUpdates()).isEqualTo(2);
        assertThat(counts.getPlannedDeletes()).isEqualTo(1);
        assertThat(counts.getInvalid()).isEqualTo(1);
    }

    @Test
    @DisplayName("AC-22: a second reading plans nothing twice, removals neither")
    void aSecondReadingPlansNothingTwice() {
        // Given
        begin(SyncBehavior.MIRROR, StateMode.WAREHOUSE, "one");
        rows("one", row("a", RecordChange.ADDED, null), row("c", RecordChange.REMOVED, null));

        // When the extractor was killed and reads again
        begin(SyncBehavior.MIRROR, StateMode.WAREHOUSE, "two");
        rows(
                "two",
                row("a", RecordChange.ADDED, null),
                row("b", RecordChange.ADDED, null),
                row("c", RecordChange.REMOVED, null));
        end("two", 3, 0, 1);

        // Then
        assertThat(output.operations).extracting(Operation::getIdentifier).containsExactly("a", "c", "b");
        assertThat(output.ended.getState()).isEqualTo(EndState.COMPLETED);
        assertThat(output.ended.getCounts().getPlannedUpdates()).isEqualTo(2);
        assertThat(output.ended.getCounts().getPlannedDeletes()).isEqualTo(1);
    }

    @Test
    @DisplayName("SRC-16: outcomes of such a run do not reach the differ's own state")
    void outcomesAreNotKept() {
        // Given
        begin(SyncBehavior.UPSERT, StateMode.WAREHOUSE, "one");
        rows("one", row("a", RecordChange.ADDED, null));

        // When
        differ.outcomes(SYNC, new OutcomeBatch(RUN, null, null, List.of(accepted(output.operations.getFirst())), null));

        // Then
        assertThat(state.find(SYNC, "a")).isNull();
    }

    @Test
    @DisplayName("SRC-13: without state every valid row is sent in every run, and nobody is removed")
    void withoutStateEverythingIsSent() {
        for (int run = 0; run < 2; run++) {
            output.operations.clear();
            begin(SyncBehavior.UPSERT, StateMode.NONE, "attempt " + run, RUN + run);
            differ.records(batch(
                    RUN + run, "attempt " + run, row("a", null, null), row(null, null, Invalidity.NULL_IDENTIFIER)));
            differ.extractEnded(ended(RUN + run, "attempt " + run, 2, 0, 0));
            differ.outcomes(
                    SYNC,
                    new OutcomeBatch(RUN + run, null, null, List.of(accepted(output.operations.getFirst())), null));

            assertThat(output.operations).extracting(Operation::getIdentifier).containsExactly("a");
            assertThat(output.ended.getCounts().getInvalid()).isEqualTo(1);
            assertThat(output.ended.getCounts().getPlannedDeletes()).isZero();
        }
    }

    @Test
    @DisplayName(
            "Issue 3.6: also where the source keeps the state, what keeps being rejected is left alone and counted")
    void rejectedRecordsAreLeftAlone() {
        // Given
        begin(SyncBehavior.MIRROR, StateMode.WAREHOUSE, "one");
        rows("one", row("a", RecordChange.ADDED, null), row("b", RecordChange.REMOVED, null));
        end("one", 2, 8, 1);
        List<Outcome> rejected = output.operations.stream()
                .map(operation -> outcome(operation, OutcomeStatus.REJECTED))
                .toList();
        differ.outcomes(SYNC, new OutcomeBatch(RUN, Instant.EPOCH, Instant.EPOCH, rejected, null));
        assertThat(output.quarantined).containsExactly("a", "b");

        // When
        output.operations.clear();
        begin(SyncBehavior.MIRROR, StateMode.WAREHOUSE, "two", RUN + 1);
        differ.records(batch(
                RUN + 1,
                "two",
                row("a", RecordChange.ADDED, null),
                row("b", RecordChange.REMOVED, null),
                row("c", RecordChange.ADDED, null)));
        differ.extractEnded(ended(RUN + 1, "two", 3, 8, 1));

        // Then
        assertThat(output.operations).extracting(Operation::getIdentifier).containsExactly("c");
        DiffCounts counts = output.ended.getCounts();
        assertThat(counts.getSourceRecords()).isEqualTo(2 + 8);
        assertThat(counts.getUnchanged()).isEqualTo(1 + 8);
        assertThat(counts.getPlannedUpdates()).isEqualTo(1);
        assertThat(counts.getPlannedDeletes()).isZero();
        assertThat(output.quarantined).containsExactly("a", "b");
    }

    private void begin(SyncBehavior behavior, StateMode mode, String attempt) {
        begin(behavior, mode, attempt, RUN);
    }

    private void begin(SyncBehavior behavior, StateMode mode, String attempt, long run) {
        differ.runStarted(
                new RunFacts(
                        run,
                        SYNC,
                        3,
                        behavior,
                        "id",
                        false,
                        run,
                        RunFacts.Start.USUAL,
                        Optional.empty(),
                        mode,
                        mode == StateMode.NONE ? QuarantineRule.OFF : new QuarantineRule(1, 0)),
                new RunStarted(run, SYNC, attempt),
                PartitionDiffer.Expectation.NONE);
    }

    private record Row(String identifier, RecordChange change, Invalidity invalid) {}

    private void rows(String attempt, Row... rows) {
        differ.records(batch(RUN, attempt, rows));
    }

    private static RecordBatch batch(long run, String attempt, Row... rows) {
        RowPacker packer = new RowPacker();
        for (Row row : rows) {
            String key = String.valueOf(row.identifier());
            packer.add(
                    row.identifier(),
                    key.hashCode(),
                    1,
                    ("{\"id\":\"" + key + "\"}").getBytes(StandardCharsets.UTF_8),
                    row.invalid(),
                    row.change());
        }
        return new RecordBatch(run, attempt, packer.rows(), packer.take());
    }

    private void end(String attempt, long sent, long unchanged, long removed) {
        differ.extractEnded(ended(RUN, attempt, sent, unchanged, removed));
    }

    private static ExtractEnded ended(long run, String attempt, long sent, long unchanged, long removed) {
        return ExtractEnded.newBuilder()
                .setSyncRunId(run)
                .setAttemptId(attempt)
                .setState(EndState.COMPLETED)
                .setRecordCount(sent)
                .setError(null)
                .setUnchangedCount(unchanged)
                .setRemovedCount(removed)
                .build();
    }

    private static Row row(String identifier, RecordChange change, Invalidity invalid) {
        return new Row(identifier, change, invalid);
    }

    private static Outcome accepted(Operation operation) {
        return outcome(operation, OutcomeStatus.SUCCEEDED);
    }

    private static Outcome outcome(Operation operation, OutcomeStatus status) {
        return Outcome.newBuilder()
                .setIdentifier(operation.getIdentifier())
                .setKind(operation.getKind())
                .setStatus(status)
                .setMessage(null)
                .setFingerprint(operation.getFingerprint())
                .setPayload(operation.getPayload())
                .setOrdinal(operation.getOrdinal())
                .build();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static final class Collected implements DiffOutput {
        private final List<Operation> operations = new ArrayList<>();
        private final List<String> quarantined = new ArrayList<>();
        private DiffEnded ended;

        @Override
        public void runStarted(RunFacts run, RunStarted started) {}

        @Override
        public void operations(RunFacts run, OperationBatch batch) {
            operations.addAll(batch.getOperations());
        }

        @Override
        public void invalid(RunFacts run, OutcomeBatch batch) {}

        @Override
        public void diffEnded(RunFacts run, DiffEnded end) {
            ended = end;
        }

        @Override
        public void reread(RunFacts run, RereadRun request) {}

        @Override
        public void absorbed(RunProgress run, LoadEnded end) {}

        @Override
        public void removalVote(RunFacts run, RemovalVote vote) {}

        @Override
        public void quarantined(QuarantinedRecord record) {
            quarantined.add(record.getIdentifier());
        }

        @Override
        public void leftQuarantine(long syncId, String identifier) {
            quarantined.remove(identifier);
        }

        @Override
        public void progress(RunFacts run, long records) {}
    }
}
