package io.sluice.loader.run;

import static io.sluice.loader.run.LoaderFixture.KEY;
import static io.sluice.loader.run.LoaderFixture.ended;
import static io.sluice.loader.run.LoaderFixture.operations;
import static io.sluice.loader.run.LoaderFixture.started;
import static io.sluice.loader.run.LoaderFixture.upserts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.testing.Plans;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartitionLoaderTest {
    private static final ConnectorError DOWN =
            new ConnectorError("DATABASE_UNREACHABLE", ConnectorError.Fault.EXTERNAL, "The database does not answer.");

    private final LoaderFixture fixture = new LoaderFixture();

    @Test
    void theBracketIsForwardedWithOneOutcomeBatchPerCallAndTheCounts() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, operations(1, Plans.upsert("a"), Plans.delete("b"), Plans.upsert("c")));
        loader.accept(2, KEY, ended(1, 2, 1));

        assertThat(fixture.events().getFirst()).isEqualTo(new RunStarted(1L, LoaderFixture.SYNC, "attempt-1"));
        assertThat(fixture.events().subList(1, 3)).allSatisfy(event -> {
            OutcomeBatch batch = (OutcomeBatch) event;
            assertThat(batch.getBatchStartedAt()).isNotNull();
            assertThat(batch.getBatchEndedAt()).isNotNull();
        });
        assertThat(fixture.outcomes()).extracting(Outcome::getIdentifier).containsExactly("a", "c", "b");
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
        assertThat(fixture.end().getDiff().getUnchanged()).isEqualTo(10);
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 0L, 1L, 0L, 0L));
        assertThat(fixture.position().offset()).isEqualTo(3);
        assertThat(fixture.position().openRuns()).isEmpty();
        assertThat(fixture.script.openWriters).hasValue(0);
        assertThat(fixture.finished.getLast().urgent()).isTrue();
    }

    @Test
    void queuedMessagesFillBatchesAndWhatIsThereIsSentWhenNothingWaits() throws Exception {
        fixture.script.limits = new ConnectionLimits(10, 1);
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 4));
        loader.accept(2, KEY, upserts(1, 4, 8));
        loader.accept(3, KEY, upserts(1, 8, 12));
        assertThat(fixture.script.callSizes()).containsExactly(10);
        assertThat(fixture.position().offset()).isEqualTo(3);
        assertThat(fixture.position().skip()).isEqualTo(2);

        loader.flush();
        assertThat(fixture.script.callSizes()).containsExactly(10, 2);
        assertThat(fixture.position().offset()).isEqualTo(4);
        assertThat(fixture.position().skip()).isZero();
    }

    @Test
    void theSyncMayAskForSmallerBatches() throws Exception {
        fixture.plans.put(1L, Plans.plan(1, LoaderFixture.SYNC, 9, 3));
        PartitionLoader loader = fixture.loader();
        loader.accept(1, KEY, upserts(1, 0, 7));
        loader.flush();
        assertThat(fixture.script.callSizes()).containsExactly(3, 3, 1);
    }

    @Test
    void aRestartedWorkerGoesOnInTheMiddleOfAMessageAndCountsOn() throws Exception {
        fixture.script.limits = new ConnectionLimits(10, 1);
        PartitionLoader before = fixture.loader();
        before.accept(0, KEY, started(1));
        before.accept(1, KEY, upserts(1, 0, 25));
        assertThat(fixture.position().skip()).isEqualTo(20);
        before.close();

        PartitionLoader after = fixture.loader(fixture.position());
        after.accept(1, KEY, upserts(1, 0, 25));
        after.accept(2, KEY, ended(1, 25, 0));

        assertThat(fixture.script.callSizes()).containsExactly(10, 10, 5);
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(25L, 0L, 0L, 0L, 0L));
        assertThat(fixture.outcomes()).extracting(Outcome::getIdentifier).doesNotHaveDuplicates();
    }

    @Test
    void aSecondAttemptOfTheSameRunGoesOnCounting() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 3));
        loader.accept(2, KEY, started(1));
        loader.accept(3, KEY, upserts(1, 3, 5));
        loader.accept(4, KEY, ended(1, 5, 0));
        assertThat(fixture.events().stream().filter(RunStarted.class::isInstance))
                .hasSize(2);
        assertThat(fixture.end().getLoad().getUpdatesSucceeded()).isEqualTo(5);
    }

    @Test
    void aDestinationWithWrongSettingsFailsTheRunInAllPartitionsAfterOneTry() throws Exception {
        ConnectorError wrong =
                new ConnectorError("AUTHENTICATION_FAILED", ConnectorError.Fault.CONFIGURATION, "Check the password.");
        fixture.script.opening = () -> {
            fixture.script.connectionsOpened.incrementAndGet();
            throw new ConnectorException(wrong);
        };
        PartitionLoader first = fixture.loader();
        PartitionLoader second = fixture.loader();
        first.accept(0, KEY, started(1));
        first.accept(1, KEY, upserts(1, 0, 3));
        first.accept(2, KEY, ended(1, 3, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(fixture.end().getError()).isEqualTo(new StageError(wrong.code(), wrong.message()));
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(0L, 0L, 0L, 0L, 3L));

        second.accept(0, KEY, started(1));
        second.accept(1, KEY, upserts(1, 3, 5));
        second.accept(2, KEY, ended(1, 2, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(fixture.end().getLoad().getNotAttempted()).isEqualTo(2);
        assertThat(fixture.script.connectionsOpened).hasValue(1);
    }

    @Test
    void aFailureInTheMiddleKeepsWhatWasAcceptedAndLeavesTheRest() throws Exception {
        fixture.script.limits = new ConnectionLimits(2, 1);
        fixture.script.answer = batch -> batch.records().getFirst().identifier().equals("u2")
                ? new BatchResult.Failed(DOWN)
                : new BatchResult.AllAccepted();
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 7));
        loader.accept(2, KEY, upserts(1, 7, 9));
        loader.accept(3, KEY, ended(1, 9, 0));
        assertThat(fixture.outcomes()).extracting(Outcome::getIdentifier).containsExactly("u0", "u1");
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 0L, 0L, 0L, 7L));
        assertThat(fixture.end().getError().getCode()).isEqualTo("DATABASE_UNREACHABLE");
        assertThat(fixture.script.openConnections)
                .as("a broken connection is not kept")
                .hasValue(0);
    }

    @Test
    void theFailureOfARunSurvivesARestart() throws Exception {
        fixture.script.answer = batch -> new BatchResult.Failed(DOWN);
        PartitionLoader before = fixture.loader();
        before.accept(0, KEY, started(1));
        before.accept(1, KEY, upserts(1, 0, 2));
        before.flush();
        before.close();

        LoaderFixture restarted = new LoaderFixture();
        PartitionLoader after = restarted.loader(fixture.position());
        after.accept(2, KEY, upserts(1, 2, 4));
        after.accept(3, KEY, ended(1, 4, 0));
        assertThat(restarted.script.calls).isEmpty();
        assertThat(restarted.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(restarted.end().getLoad().getNotAttempted()).isEqualTo(4);
    }

    @Test
    void aCancelledRunSendsNothingMore() throws Exception {
        fixture.script.limits = new ConnectionLimits(2, 1);
        fixture.script.answer = batch -> {
            fixture.canceled.put(1L, "Cancelled by ann@example.com");
            return new BatchResult.AllAccepted();
        };
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 10));
        loader.accept(2, KEY, ended(1, 10, 0, EndState.CANCELED, new StageError("X", "y")));
        assertThat(fixture.end().getState()).isEqualTo(EndState.CANCELED);
        assertThat(fixture.end().getError().getCode()).isEqualTo("RUN_CANCELED");
        assertThat(fixture.end().getError().getMessage()).contains("ann@example.com");
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 0L, 0L, 0L, 8L));
    }

    @Test
    void theEndOfTheDifferIsForwarded() throws Exception {
        StageError error = new StageError("SOURCE_UNREACHABLE", "The source is gone.");
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 1));
        loader.accept(2, KEY, ended(1, 1, 0, EndState.FAILED, error));
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(fixture.end().getError()).isEqualTo(error);
        assertThat(fixture.end().getLoad().getUpdatesSucceeded()).isEqualTo(1);
    }

    @Test
    void aRunWithoutAPlanFails() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(404));
        loader.accept(1, KEY, upserts(404, 0, 2));
        loader.accept(2, KEY, ended(404, 2, 0));
        assertThat(fixture.end().getError().getCode()).isEqualTo("RUN_PLAN_MISSING");
        assertThat(fixture.end().getLoad().getNotAttempted()).isEqualTo(2);
    }

    @Test
    void aPlanThatCannotBeReadIsNotAMissingOne() throws Exception {
        fixture.plansUnreadable = true;
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 2));
        loader.accept(2, KEY, ended(1, 2, 0));
        assertThat(fixture.end().getError().getCode()).isEqualTo("RUN_PLAN_UNREADABLE");
        assertThat(fixture.end().getError().getMessage()).contains("no broker");
        assertThat(fixture.end().getLoad().getNotAttempted()).isEqualTo(2);
    }

    @Test
    void aRunWithoutOperationsNeedsNoConnection() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, ended(1, 0, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
        assertThat(fixture.script.connectionsOpened).hasValue(0);
    }

    @Test
    void aPayloadNobodyCanReadIsThatRecordsRejection() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(
                1,
                KEY,
                operations(
                        1,
                        Plans.upsert("a"),
                        Plans.operation(PlannedOperation.UPSERT, "b", "{broken"),
                        Plans.upsert("c")));
        loader.accept(2, KEY, ended(1, 3, 0));
        assertThat(fixture.outcomes()).hasSize(3);
        assertThat(fixture.outcomes().stream().filter(outcome -> outcome.getStatus() == OutcomeStatus.REJECTED))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getIdentifier()).isEqualTo("b"));
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 1L, 0L, 0L, 0L));
    }

    @Test
    void operationsThatNeverArriveAreNotCalledDone() throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 2));
        loader.accept(5, KEY, ended(1, 6, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(fixture.end().getError().getCode()).isEqualTo("OPERATIONS_MISSING");
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 0L, 0L, 0L, 4L));
    }

    @Test
    void aParkedMessageFailsTheRunsOfItsSyncOnly() throws Exception {
        fixture.plans.put(2L, Plans.plan(2, 6, 9, null));
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, "6", new io.sluice.contract.OperationsEvent(new RunStarted(2L, 6L, "attempt-1")));
        loader.acceptParked(2, KEY);
        loader.accept(3, KEY, ended(1, 3, 0));
        assertThat(fixture.end().getError().getCode()).isEqualTo("MESSAGE_PARKED");
        assertThat(fixture.end().getLoad().getNotAttempted()).isEqualTo(3);
        loader.accept(4, "6", ended(2, 0, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
    }

    @Test
    void runsOfTwoSyncsMayInterleave() throws Exception {
        fixture.plans.put(2L, Plans.plan(2, 6, 9, null));
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, "6", new io.sluice.contract.OperationsEvent(new RunStarted(2L, 6L, "attempt-1")));
        loader.accept(2, KEY, upserts(1, 0, 3));
        loader.accept(3, "6", upserts(2, 0, 2));
        loader.accept(4, KEY, upserts(1, 3, 4));
        loader.accept(5, "6", ended(2, 2, 0));
        assertThat(fixture.end().getLoad().getUpdatesSucceeded()).isEqualTo(2);
        loader.accept(6, KEY, ended(1, 4, 0));
        assertThat(fixture.end().getLoad().getUpdatesSucceeded()).isEqualTo(4);
        assertThat(fixture.finished.stream()
                        .flatMap(part -> part.messages().stream())
                        .filter(message -> message.key().equals("6")))
                .hasSize(3);
    }

    @Test
    void theConnectionsCallsAreSharedByThePartitionsHeld() throws Exception {
        CyclicBarrier allFour = new CyclicBarrier(4);
        fixture.script.limits = new ConnectionLimits(5, 4);
        fixture.script.answer = batch -> {
            try {
                allFour.await(10, TimeUnit.SECONDS);
            } catch (Exception tooFew) {
                return new BatchResult.Failed(DOWN);
            }
            return new BatchResult.AllAccepted();
        };
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 20));
        loader.accept(2, KEY, ended(1, 20, 0));
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
        assertThat(fixture.outcomes())
                .extracting(Outcome::getIdentifier)
                .as("in the partition's order")
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> "u" + i)
                        .toList());
    }

    @Test
    void aConnectorThatThrowsWhenOpenedIsTheConnectorsFault() throws Exception {
        fixture.script.opening = () -> {
            throw new IllegalStateException("oops");
        };
        PartitionLoader loader = fixture.loader();
        loader.accept(1, KEY, upserts(1, 0, 1));
        loader.accept(2, KEY, ended(1, 1, 0));
        assertThat(fixture.end().getError().getCode()).isEqualTo("CONNECTOR_BUG");
    }

    @Test
    void aBracketThatNeverEndedIsForgottenWhenItsSyncRunsAgain() throws Exception {
        fixture.plans.put(2L, Plans.plan(2, LoaderFixture.SYNC, 9, null));
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 1));
        loader.accept(2, KEY, started(2));
        loader.flush();
        assertThat(fixture.position().openRuns()).singleElement().satisfies(run -> assertThat(run.syncRunId())
                .isEqualTo(2));
        assertThat(fixture.script.openWriters).hasValue(0);
    }

    @Test
    void stoppingLeavesWhatIsNotAnsweredToTheNextWorker() throws Exception {
        fixture.script.limits = new ConnectionLimits(2, 1);
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 2));
        fixture.script.answer = batch -> {
            fixture.stopping = true;
            return new BatchResult.AllAccepted();
        };
        assertThatThrownBy(() -> loader.accept(2, KEY, upserts(1, 2, 9))).isInstanceOf(AbandonedException.class);
        loader.close();
        assertThat(fixture.position().offset()).isEqualTo(2);
        assertThat(fixture.position().skip())
                .as("the call under way was still finished")
                .isEqualTo(2);
        assertThat(fixture.outcomes()).hasSize(4);
        assertThat(List.copyOf(fixture.script.callSizes())).containsExactly(2, 2);
    }
}
