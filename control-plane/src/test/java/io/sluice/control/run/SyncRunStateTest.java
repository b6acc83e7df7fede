package io.sluice.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncRunStateTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant END = START.plusSeconds(60);
    private static final RunError ERROR = new RunError("X", "broken");
    private static final RunVerdict COMPLETE = new RunVerdict.Complete(RunCounts.NONE);
    private static final RunVerdict FAILURE = new RunVerdict.Failure(RunCounts.NONE, ERROR);
    private static final RunVerdict STOPPED = new RunVerdict.Stopped(RunCounts.NONE, ERROR);

    @Test
    void aRunIsQueuedThenWorkingThenCompleted() {
        SyncRunState.Active working = new SyncRunState.Queued().start(START);

        assertThat(working.status()).isEqualTo("working");
        assertThat(working.start(END)).isEqualTo(working);
        SyncRunState.Over over = working.settle(COMPLETE, END);
        assertThat(over).isEqualTo(new SyncRunState.Completed(Optional.of(START), END));
        assertThat(over.canceled()).isFalse();
    }

    @Test
    void aCancelledRunKeepsWorkingUntilTheStagesHaveStoppedAndThenHasFailed() {
        SyncRunState.Active canceling = new SyncRunState.Queued().start(START).cancel("user");

        assertThat(canceling.status()).isEqualTo("working");
        assertThat(canceling.canceled()).isTrue();
        assertThat(canceling.cancel("again")).isEqualTo(canceling);
        assertThat(canceling.settle(STOPPED, END))
                .isEqualTo(new SyncRunState.Failed(Optional.of(START), END, ERROR, true));
    }

    @Test
    void aCancelThatComesTooLateIsNone() {
        SyncRunState over =
                new SyncRunState.Queued().start(START).cancel("user").settle(COMPLETE, END);

        assertThat(over.status()).isEqualTo("completed");
        assertThat(over.canceled()).isFalse();
    }

    @Test
    void aFailureKeepsItsError() {
        SyncRunState.Over over = new SyncRunState.Working(START).settle(FAILURE, END);

        assertThat(over).isEqualTo(new SyncRunState.Failed(Optional.of(START), END, ERROR, false));
        assertThat(over.completedAt()).isEqualTo(END);
    }

    @Test
    void aRunCancelledBeforeItBeganLearnsItsStartLater() {
        SyncRunState.Canceling canceling = new SyncRunState.Queued().cancel("user");

        assertThat(canceling.startedAt()).isEmpty();
        assertThat(canceling.start(START).startedAt()).contains(START);
        assertThat(canceling.start(START).start(END).startedAt()).contains(START);
    }

    @Test
    void theWordsAreExactlyThoseClientsKnow() {
        List<SyncRunState> states = List.of(
                new SyncRunState.Queued(),
                new SyncRunState.Working(START),
                new SyncRunState.Canceling(Optional.empty(), "user"),
                new SyncRunState.Completed(Optional.empty(), END),
                new SyncRunState.Failed(Optional.empty(), END, ERROR, true),
                new SyncRunState.Skipped(END, ERROR));

        assertThat(states)
                .extracting(SyncRunState::status)
                .containsExactly("queued", "working", "working", "completed", "failed", "skipped");
    }
}
