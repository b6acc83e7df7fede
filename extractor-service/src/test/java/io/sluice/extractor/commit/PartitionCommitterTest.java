package io.sluice.extractor.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.SyncLog;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.NotAttempted;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.contract.SyncLogPart;
import io.sluice.contract.Writeback;
import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What reaches the state of a source, and when the control plane hears of it. */
class PartitionCommitterTest {
    private static final long SYNC = 5;
    private static final long RUN = 17;
    private static final byte[] PRINT = new byte[16];

    private final List<String> log = new ArrayList<>();
    private final List<AcceptedChange> applied = new ArrayList<>();
    private final List<SyncLog> logged = new ArrayList<>();
    private Writeback writeback;
    private Optional<StageError> trouble = Optional.empty();
    private PlannedStateMode mode = PlannedStateMode.WAREHOUSE;
    private PlannedBehavior behavior = PlannedBehavior.MIRROR;

    private final PartitionCommitter committer = new PartitionCommitter(
            3,
            run -> Optional.of(plan(run)),
            (plan, position, changes, lines) -> {
                log.add("apply " + position);
                applied.addAll(changes);
                lines.ifPresent(logged::add);
                return trouble;
            },
            new CommitReports() {
                @Override
                public void committed(int partition, LoadEnded ended) {
                    log.add("committed " + partition + " " + ended.getState());
                }

                @Override
                public void gaveUp(int partition, long syncRunId, EndState state, StageError error) {
                    log.add("gave up " + partition + " " + error.getCode());
                }
            });

    @Test
    @DisplayName("AC-22: a run is said to be committed only when everything it was answered is in the state")
    void committedAfterEverythingIsApplied() {
        committer.take(SYNC, 10, new RunStarted(RUN, SYNC, "attempt"));
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.take(SYNC, 12, batch(outcome("b", PlannedOperation.DELETE, OutcomeStatus.SUCCEEDED)));
        assertThat(log).isEmpty();

        committer.take(SYNC, 13, ended());

        assertThat(log).containsExactly("apply " + new LogPosition(3, RUN, 12), "committed 3 COMPLETED");
        assertThat(applied.getFirst()).isInstanceOf(AcceptedChange.Stored.class);
        assertThat(applied.getLast()).isEqualTo(new AcceptedChange.Dropped("b"));
    }

    @Test
    @DisplayName("ENG-18: only what was accepted counts; what nobody knows is sent again")
    void onlyWhatWasAcceptedCounts() {
        committer.take(
                SYNC,
                11,
                batch(
                        outcome("rejected", PlannedOperation.UPSERT, OutcomeStatus.REJECTED),
                        outcome("unknown", PlannedOperation.UPSERT, OutcomeStatus.UNKNOWN),
                        outcome("undeleted", PlannedOperation.DELETE, OutcomeStatus.REJECTED),
                        outcome("half deleted", PlannedOperation.DELETE, OutcomeStatus.UNKNOWN),
                        outcome("twice", PlannedOperation.UPSERT, OutcomeStatus.DUPLICATE_IDENTIFIER)));
        committer.applyAll();

        assertThat(applied).hasSize(3);
        assertThat(applied.getFirst()).isInstanceOf(AcceptedChange.Doubted.class);
        assertThat(((AcceptedChange.Stored) applied.get(1)).fingerprint()).isNull();
        assertThat(applied.getLast()).isEqualTo(new AcceptedChange.Doubted("half deleted", null));
    }

    @Test
    @DisplayName("BEH 6.2: what a delete sync deleted is remembered, not dropped")
    void aDeleteSyncRemembersWhatItDeleted() {
        behavior = PlannedBehavior.DELETE;
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.DELETE, OutcomeStatus.SUCCEEDED)));
        committer.applyAll();

        assertThat(applied).singleElement().isInstanceOf(AcceptedChange.Stored.class);
    }

    @Test
    @DisplayName(
            "AC-22: what is gathered is known to wait until it is applied, by a transaction's worth or by the run's end")
    void whatIsGatheredWaits() {
        assertThat(committer.hasGathered()).isFalse();
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        assertThat(committer.hasGathered()).isTrue();
        assertThat(applied).isEmpty();

        committer.applyAll();
        assertThat(committer.hasGathered()).isFalse();
        committer.take(SYNC, 12, batch(outcome("b", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.take(SYNC, 13, ended());

        assertThat(committer.hasGathered()).isFalse();
        assertThat(applied).hasSize(2);
    }

    @Test
    @DisplayName("AC-22: a source that cannot save fails the run once, and is not asked again in it")
    void givingUpIsSaidOnce() {
        trouble = Optional.of(new StageError("HOST_UNREACHABLE", "nothing answers"));
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.applyAll();
        committer.take(SYNC, 12, batch(outcome("b", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.take(SYNC, 13, ended());

        assertThat(log).containsExactly("apply " + new LogPosition(3, RUN, 11), "gave up 3 STATE_NOT_SAVED");
    }

    @Test
    @DisplayName("SRC-16: runs that keep their state elsewhere are let pass")
    void otherRunsAreLetPass() {
        mode = PlannedStateMode.PLATFORM;
        committer.take(SYNC, 10, new RunStarted(RUN, SYNC, "attempt"));
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.take(SYNC, 13, ended());

        assertThat(committer.concerns(SYNC)).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName(
            "WWB-2, WWB-6: lines say what was sent, what was refused and what was not tried, but nothing of invalid rows")
    void linesOfTheLog() {
        writeback = new Writeback(7);
        ByteBuffer sent = ByteBuffer.wrap("{\"key\":\"ü\"}".getBytes(StandardCharsets.UTF_8));
        committer.take(
                SYNC,
                11,
                new OutcomeBatch(
                        RUN,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1),
                        List.of(
                                outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED),
                                outcome("b", PlannedOperation.DELETE, OutcomeStatus.UNKNOWN)),
                        new SyncLogPart(Arrays.asList(sent, null), List.of())));
        committer.take(SYNC, 12, batch(outcome("twice", PlannedOperation.UPSERT, OutcomeStatus.DUPLICATE_IDENTIFIER)));
        committer.take(
                SYNC,
                13,
                new OutcomeBatch(
                        RUN,
                        null,
                        null,
                        List.of(),
                        new SyncLogPart(List.of(), List.of(new NotAttempted("c", PlannedOperation.INSERT)))));
        committer.take(SYNC, 14, ended());

        assertThat(logged).singleElement().satisfies(one -> {
            assertThat(one.ids()).isEqualTo(new SyncLog.Ids(SYNC, RUN, 1, 1, 1, 1));
            assertThat(one.lines())
                    .containsExactly(
                            new SyncLog.Line(
                                    11,
                                    "a",
                                    "{\"key\":\"ü\"}",
                                    Instant.EPOCH,
                                    Instant.EPOCH.plusSeconds(1),
                                    OperationKind.UPSERT,
                                    SyncLog.Status.SUCCEEDED,
                                    null),
                            new SyncLog.Line(
                                    11,
                                    "b",
                                    null,
                                    Instant.EPOCH,
                                    Instant.EPOCH.plusSeconds(1),
                                    OperationKind.DELETE,
                                    SyncLog.Status.REJECTED,
                                    "The destination's answer is unknown; the record is sent again by the next run."),
                            new SyncLog.Line(
                                    13, "c", null, null, null, OperationKind.INSERT, SyncLog.Status.ABORTED, null));
        });
        assertThat(log).containsExactly("apply " + new LogPosition(3, RUN, 13), "committed 3 COMPLETED");
    }

    @Test
    @DisplayName("WWB-1: what a run does that is not logged is applied without a line")
    void notLogged() {
        committer.take(SYNC, 11, batch(outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED)));
        committer.take(SYNC, 12, ended());

        assertThat(applied).hasSize(1);
        assertThat(logged).isEmpty();
    }

    private RunPlan plan(long run) {
        PlannedEndpoint end = new PlannedEndpoint(1L, "fake", "table", 1L, "t");
        return RunPlan.newBuilder()
                .setSyncRunId(run)
                .setSyncId(SYNC)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(end)
                .setDestination(end)
                .setQuery(new PlannedSql("select 1 as id"))
                .setColumns(List.of())
                .setIdentifierColumn("id")
                .setMappings(List.of())
                .setBehavior(behavior)
                .setStateMode(mode)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(Instant.EPOCH)
                .setWriteback(writeback)
                .build();
    }

    private static OutcomeBatch batch(Outcome... outcomes) {
        return new OutcomeBatch(RUN, null, null, List.of(outcomes), null);
    }

    private static Outcome outcome(String identifier, PlannedOperation kind, OutcomeStatus status) {
        return Outcome.newBuilder()
                .setIdentifier(identifier)
                .setKind(kind)
                .setStatus(status)
                .setMessage(null)
                .setFingerprint(new RecordFingerprint(PRINT))
                .setPayload(ByteBuffer.allocate(0))
                .setOrdinal(-1)
                .build();
    }

    private static LoadEnded ended() {
        return LoadEnded.newBuilder()
                .setSyncRunId(RUN)
                .setState(EndState.COMPLETED)
                .setDiff(new DiffCounts(0L, 0L, 0L, 0L, 0L))
                .setLoad(new LoadCounts(0L, 0L, 0L, 0L, 0L))
                .setError(null)
                .build();
    }
}
