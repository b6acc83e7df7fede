package io.sluice.loader.dispatch;

import static io.sluice.contract.OutcomeStatus.REJECTED;
import static io.sluice.contract.OutcomeStatus.SUCCEEDED;
import static io.sluice.contract.OutcomeStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.StageError;
import io.sluice.loader.outcome.FinalWord;
import io.sluice.loader.retry.HaltSignal.Halt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final ConnectorError DOWN =
            new ConnectorError("HTTP_SERVER_ERROR", ConnectorError.Fault.EXTERNAL, "The server answers 503.");

    private final DispatchFixture fixture = new DispatchFixture();

    @Test
    @DisplayName("AC-6: a batch of 100 with one bad row gives 99 accepted and 1 rejected, by halving (RTY-3)")
    void oneHundredWithOneBadRecordGiveNinetyNineAndOneRejection() throws Exception {
        DispatchResult result = fixture.dispatch(
                100,
                sent -> sent.contains("r42") ? new BatchResult.Refused("bad e-mail") : new BatchResult.AllAccepted());
        assertThat(statuses(result, SUCCEEDED)).isEqualTo(99);
        assertThat(DispatchFixture.words(result)).contains(new FinalWord(42, REJECTED, "bad e-mail"));
        assertThat(result.failure()).isEmpty();
        assertThat(fixture.calls)
                .as("1 whole, then at each of 7 levels both halves")
                .hasSizeLessThanOrEqualTo(15);
    }

    @Test
    @DisplayName("AC-7: a 429 with Retry-After is honoured (RTY-4)")
    void retryAfterIsAMinimumAndTheWholeBatchGoesAgain() throws Exception {
        DispatchResult result = fixture.dispatch(
                3, answers(new BatchResult.RetryLater(Duration.ofSeconds(20), "429"), new BatchResult.AllAccepted()));
        assertThat(statuses(result, SUCCEEDED)).isEqualTo(3);
        assertThat(fixture.calls).containsExactly(List.of("r0", "r1", "r2"), List.of("r0", "r1", "r2"));
        assertThat(fixture.time.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("AC-7: 5xx eight times fails the run, and what was not sent stays for the next one (RTY-5)")
    void aServerThatStaysAwayFailsTheRunAfterSevenRetries() throws Exception {
        DispatchResult result =
                fixture.dispatch(5, sent -> new BatchResult.RetryLater(Duration.ZERO, "HTTP 503", Optional.of(DOWN)));
        assertThat(fixture.calls).hasSize(8);
        assertThat(result.notAttempted()).isEqualTo(5);
        assertThat(result.calls()).isEmpty();
        assertThat(result.failure().map(StageError::getCode)).contains("HTTP_SERVER_ERROR");
        assertThat(result.failure().get().getMessage()).contains("7 retries").contains("HTTP 503");
    }

    @Test
    void aDestinationThatIsJustTooBusyRejectsTheRecordsAndTheRunGoesOn() throws Exception {
        DispatchResult result = fixture.dispatch(2, sent -> new BatchResult.RetryLater(Duration.ZERO, "too many"));
        assertThat(DispatchFixture.words(result))
                .containsExactly(new FinalWord(0, REJECTED, "too many"), new FinalWord(1, REJECTED, "too many"));
        assertThat(result.failure()).isEmpty();
    }

    @Test
    void aWaitNobodyWouldWaitForIsAnEndToTrying() throws Exception {
        DispatchResult result = fixture.dispatch(
                1, sent -> new BatchResult.RetryLater(Duration.ofDays(1), "come back tomorrow", Optional.of(DOWN)));
        assertThat(fixture.calls).hasSize(1);
        assertThat(result.failure()).isPresent();
        assertThat(fixture.time.slept()).isZero();
    }

    @Test
    void onlyTheRecordsThatAskForItAreSentAgain() throws Exception {
        DispatchResult result = fixture.dispatch(
                4,
                answers(
                        new BatchResult.PerRecord(List.of(
                                AttemptResult.Accepted.PLAIN,
                                new AttemptResult.RetryLater(Duration.ofSeconds(2), "locked"),
                                new AttemptResult.Rejected("no such owner"),
                                new AttemptResult.RetryLater(Duration.ZERO, "locked"))),
                        new BatchResult.PerRecord(List.of(
                                new AttemptResult.Accepted(Optional.of("merged")), AttemptResult.Accepted.PLAIN))));
        assertThat(fixture.calls.get(1)).containsExactly("r1", "r3");
        assertThat(DispatchFixture.words(result))
                .containsExactlyInAnyOrder(
                        new FinalWord(0, SUCCEEDED, null),
                        new FinalWord(1, SUCCEEDED, "merged"),
                        new FinalWord(2, REJECTED, "no such owner"),
                        new FinalWord(3, SUCCEEDED, null));
    }

    @Test
    void aRecordThatNeverStopsAskingIsRejectedWithItsReason() throws Exception {
        DispatchResult result = fixture.dispatch(
                1,
                sent -> new BatchResult.PerRecord(
                        List.of(new AttemptResult.RetryLater(Duration.ZERO, "row is locked"))));
        assertThat(fixture.calls).hasSize(8);
        assertThat(DispatchFixture.words(result)).containsExactly(new FinalWord(0, REJECTED, "row is locked"));
    }

    @Test
    void anUnknownOutcomeIsSentAgainOnlyWhereThatDoesNoHarm() throws Exception {
        fixture.idempotent = false;
        DispatchResult once = fixture.dispatch(2, sent -> new BatchResult.Unknown("timed out"));
        assertThat(fixture.calls).hasSize(1);
        assertThat(statuses(once, UNKNOWN)).isEqualTo(2);
        assertThat(once.failure()).isEmpty();
        assertThat(once.unanswered()).isTrue();

        fixture.idempotent = true;
        fixture.calls.clear();
        DispatchResult again =
                fixture.dispatch(2, answers(new BatchResult.Unknown("timed out"), new BatchResult.AllAccepted()));
        assertThat(fixture.calls).hasSize(2);
        assertThat(statuses(again, SUCCEEDED)).isEqualTo(2);
    }

    @Test
    void aDestinationThatNeverAnswersFailsTheRunAndItsRecordsStayUnknown() throws Exception {
        DispatchResult result = fixture.dispatch(3, sent -> new BatchResult.Unknown("timed out"));
        assertThat(fixture.calls).hasSize(8);
        assertThat(statuses(result, UNKNOWN)).isEqualTo(3);
        assertThat(result.failure().map(StageError::getCode)).contains("DESTINATION_NOT_ANSWERING");
    }

    @Test
    void whatMayHaveHappenedStaysUnknownWhenTheRunEndsLater() throws Exception {
        DispatchResult result =
                fixture.dispatch(2, answers(new BatchResult.Unknown("timed out"), new BatchResult.Failed(DOWN)));
        assertThat(statuses(result, UNKNOWN)).isEqualTo(2);
        assertThat(result.notAttempted()).isZero();
        assertThat(result.failure().map(StageError::getCode)).contains("HTTP_SERVER_ERROR");
    }

    @Test
    void aFailureLeavesTheRestUntouched() throws Exception {
        DispatchResult result = fixture.dispatch(
                4,
                answers(
                        new BatchResult.Refused("one is bad"),
                        new BatchResult.AllAccepted(),
                        new BatchResult.Failed(DOWN)));
        assertThat(statuses(result, SUCCEEDED)).isEqualTo(2);
        assertThat(result.notAttempted()).isEqualTo(2);
    }

    @Test
    void whatIsNotAnsweredDoesNotCountAsAccepted() throws Exception {
        DispatchResult fewer = fixture.dispatch(
                3, sent -> new BatchResult.PerRecord(Arrays.asList(AttemptResult.Accepted.PLAIN, null)));
        assertThat(DispatchFixture.words(fewer).stream().map(FinalWord::status))
                .containsExactly(SUCCEEDED, UNKNOWN, UNKNOWN);

        DispatchResult more = fixture.dispatch(
                1,
                sent -> new BatchResult.PerRecord(List.of(AttemptResult.Accepted.PLAIN, AttemptResult.Accepted.PLAIN)));
        assertThat(statuses(more, UNKNOWN)).isEqualTo(1);
    }

    @Test
    void aConnectorThatThrowsFailsTheRunAndDoesNotShowRecordContents() throws Exception {
        DispatchResult result = fixture.dispatch(2, sent -> {
            throw new IllegalStateException("alice@example.org");
        });
        assertThat(statuses(result, UNKNOWN)).isEqualTo(2);
        assertThat(result.failure().map(StageError::getCode)).contains("CONNECTOR_BUG");
        assertThat(result.failure().get().getMessage())
                .contains("IllegalStateException")
                .doesNotContain("alice");
        assertThat(fixture.dispatch(1, sent -> null).failure().map(StageError::getCode))
                .contains("CONNECTOR_BUG");
    }

    @Test
    void aRunThatEndsWhileItWaitsSendsNothingMore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        fixture.halt = () -> asked.incrementAndGet() > 3 ? Halt.END_RUN : Halt.NONE;
        DispatchResult result = fixture.dispatch(2, sent -> new BatchResult.RetryLater(Duration.ofMinutes(10), "429"));
        assertThat(fixture.calls).hasSize(1);
        assertThat(result.notAttempted()).isEqualTo(2);
        assertThat(fixture.time.slept()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void abandonedWorkLeavesNothingBehind() {
        fixture.halt = () -> Halt.ABANDON;
        assertThatThrownBy(() -> fixture.dispatch(2, sent -> new BatchResult.AllAccepted()))
                .isInstanceOf(AbandonedException.class);
        assertThat(fixture.calls).isEmpty();
    }

    private static Function<List<String>, BatchResult> answers(BatchResult... results) {
        Deque<BatchResult> left = new ArrayDeque<>(List.of(results));
        return sent -> left.removeFirst();
    }

    private static long statuses(DispatchResult result, OutcomeStatus status) {
        return DispatchFixture.words(result).stream()
                .filter(word -> word.status() == status)
                .count();
    }
}
