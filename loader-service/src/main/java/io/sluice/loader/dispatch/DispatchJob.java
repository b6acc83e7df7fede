package io.sluice.loader.dispatch;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.StageError;
import io.sluice.loader.dispatch.CallMetrics.Answer;
import io.sluice.loader.outcome.CallWords;
import io.sluice.loader.outcome.FinalWord;
import io.sluice.loader.retry.HaltSignal;
import io.sluice.loader.retry.HaltSignal.Halt;
import io.sluice.loader.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sending of one batch: slices wait in a queue; each call decides, splits or puts back some of their records. */
final class DispatchJob {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchJob.class);

    /** While waiting, the halt signal is asked this often. */
    private static final Duration NAP = Duration.ofMillis(100);

    private final Dispatcher dispatcher;
    private final Dispatcher.Tools tools;
    private final DestinationBatch batch;
    private final HaltSignal halt;
    private final Deque<Slice> waiting = new ArrayDeque<>();
    private final List<CallWords> calls = new ArrayList<>();
    private StageError failure;
    private int notAttempted;
    private int known;

    DispatchJob(Dispatcher dispatcher, DestinationBatch batch, HaltSignal halt) {
        this.dispatcher = dispatcher;
        this.tools = dispatcher.tools();
        this.batch = batch;
        this.halt = halt;
        waiting.add(Slice.all(batch.records().size()));
    }

    DispatchResult run() throws InterruptedException, AbandonedException {
        Slice slice;
        while ((slice = waiting.poll()) != null) {
            if (failure != null || !awaitTurn(slice)) {
                leaveUnsent(slice);
            } else {
                attempt(slice);
            }
        }
        return new DispatchResult(calls, notAttempted, Optional.ofNullable(failure), known == 0 && notAttempted == 0);
    }

    /** Waits for the slice's time, the pace and a free call; false when the run has ended meanwhile. */
    private boolean awaitTurn(Slice slice) throws InterruptedException, AbandonedException {
        while (Dispatcher.goesOn(halt)) {
            long now = tools.time().nanos();
            long wait = slice.retries() > 0 ? slice.notBefore() - now : 0;
            if (wait <= 0) {
                wait = tools.pacer().tryAcquire(now);
            }
            if (wait <= 0) {
                return true;
            }
            tools.time().sleep(Duration.ofNanos(Math.min(wait, NAP.toNanos())));
        }
        return false;
    }

    private void attempt(Slice slice) throws InterruptedException, AbandonedException {
        DestinationBatch part = part(slice);
        dispatcher.calls().acquire();
        Call call = new Call(slice, tools.time().now(), tools.time().nanos());
        BatchResult result;
        try {
            result = dispatcher.writer().write(part);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError bug) {
            if (halt.current() == Halt.ABANDON) {
                throw new AbandonedException();
            }
            LOG.error("the connector's writer threw {} at {}", bug.getClass().getName(), firstFrame(bug));
            broken(call, bug.getClass().getSimpleName());
            return;
        } finally {
            dispatcher.calls().release();
        }
        if (result == null) {
            broken(call, "no result");
        } else {
            judge(call, result);
        }
    }

    private DestinationBatch part(Slice slice) {
        List<DestinationRecord> all = batch.records();
        if (slice.size() == all.size()) {
            return batch;
        }
        List<DestinationRecord> chosen = new ArrayList<>(slice.size());
        for (int index : slice.indexes()) {
            chosen.add(all.get(index));
        }
        return new DestinationBatch(batch.kind(), chosen);
    }

    private static String firstFrame(Throwable bug) {
        StackTraceElement[] frames = bug.getStackTrace();
        return frames.length == 0 ? "an unknown place" : frames[0].toString();
    }

    private void broken(Call call, String what) {
        answered(call, Answer.BROKEN);
        failure = DispatchErrors.connectorBug(what);
        decideAll(call, OutcomeStatus.UNKNOWN, failure.getMessage());
    }

    private void judge(Call call, BatchResult result) {
        Slice slice = call.slice();
        switch (result) {
            case BatchResult.AllAccepted all -> {
                answered(call, Answer.ACCEPTED);
                decideAll(call, OutcomeStatus.SUCCEEDED, null);
            }
            case BatchResult.PerRecord(List<AttemptResult> results) -> {
                answered(call, Answer.PER_RECORD);
                judgeEach(call, results);
            }
            case BatchResult.Refused(String reason) -> {
                answered(call, Answer.REFUSED);
                if (!BatchSplitter.split(slice, waiting)) {
                    decideAll(call, OutcomeStatus.REJECTED, reason);
                }
            }
            case BatchResult.RetryLater(Duration after, String reason, Optional<ConnectorError> ifExhausted) -> {
                answered(call, Answer.RETRY_LATER);
                tools.pacer().hold(tools.time().nanos(), bounded(after));
                if (!again(slice, slice.indexes(), after, slice.perhapsDone())) {
                    exhausted(call, reason, ifExhausted);
                }
            }
            case BatchResult.Unknown(String reason) -> {
                answered(call, Answer.UNKNOWN);
                if (!dispatcher.idempotent()) {
                    decideAll(call, OutcomeStatus.UNKNOWN, reason);
                } else if (!again(slice, slice.indexes(), Duration.ZERO, reason)) {
                    failure = DispatchErrors.notAnswering(reason);
                    decideAll(call, OutcomeStatus.UNKNOWN, reason);
                }
            }
            case BatchResult.Failed(var error) -> {
                answered(call, Answer.FAILED);
                failure = new StageError(error.code(), error.message());
                leaveUnsent(slice);
            }
        }
    }

    /** RTY-5: a server that stays away ends the run; a destination that is just too busy rejects these records. */
    private void exhausted(Call call, String reason, Optional<ConnectorError> ifExhausted) {
        if (ifExhausted.isPresent()) {
            failure = DispatchErrors.unavailable(
                    ifExhausted.get(), reason, call.slice().retries());
            leaveUnsent(call.slice());
        } else {
            decideAll(call, exhaustedStatus(call.slice()), reason);
        }
    }

    /** After an earlier try that may have worked, "not now" is no refusal. */
    private static OutcomeStatus exhaustedStatus(Slice slice) {
        return slice.perhapsDone() == null ? OutcomeStatus.REJECTED : OutcomeStatus.UNKNOWN;
    }

    /** A wait no policy would accept must not hold other runs of the lane either. */
    private Duration bounded(Duration after) {
        return after.compareTo(tools.retries().longestWait()) > 0 ? Duration.ZERO : after;
    }

    private void judgeEach(Call call, List<AttemptResult> results) {
        Slice slice = call.slice();
        Words words = new Words(slice.size());
        if (results.size() > slice.size()) {
            String reason = "the connector gave " + results.size() + " answers for " + slice.size() + " records";
            decideAll(call, OutcomeStatus.UNKNOWN, reason);
            return;
        }
        Leftover later = new Leftover();
        Leftover unknown = new Leftover();
        for (int i = 0; i < slice.size(); i++) {
            int index = slice.indexes()[i];
            switch (i < results.size() ? results.get(i) : null) {
                case null -> words.add(index, OutcomeStatus.UNKNOWN, "the destination gave no answer for this record");
                case AttemptResult.Accepted(Optional<String> note) ->
                    words.add(index, OutcomeStatus.SUCCEEDED, note.orElse(null));
                case AttemptResult.Rejected(String reason) -> words.add(index, OutcomeStatus.REJECTED, reason);
                case AttemptResult.RetryLater(Duration after, String reason) -> later.add(index, after, reason);
                case AttemptResult.Unknown(String reason) -> unknown.add(index, Duration.ZERO, reason);
            }
        }
        if (later.any() && !again(slice, later.indexes(), later.longest(), slice.perhapsDone())) {
            later.settle(words, exhaustedStatus(slice));
        }
        if (unknown.any()
                && (!dispatcher.idempotent() || !again(slice, unknown.indexes(), Duration.ZERO, unknown.reason()))) {
            unknown.settle(words, OutcomeStatus.UNKNOWN);
        }
        decide(call, words.list());
    }

    private boolean again(Slice slice, int[] indexes, Duration after, String perhapsDone) {
        return switch (tools.retries()
                .next(slice.retries(), after, tools.random().nextDouble())) {
            case RetryPolicy.GiveUp giveUp -> false;
            case RetryPolicy.Again(Duration wait) -> {
                tools.metrics().retrying(indexes.length);
                waiting.addLast(slice.again(indexes, tools.time().nanos() + wait.toNanos(), perhapsDone));
                yield true;
            }
        };
    }

    /** The run ends with this slice unsent; what an earlier try may have done is unknown for ever. */
    private void leaveUnsent(Slice slice) {
        if (slice.perhapsDone() == null) {
            notAttempted += slice.size();
            return;
        }
        Instant now = tools.time().now();
        calls.add(new CallWords(now, now, Words.same(slice, OutcomeStatus.UNKNOWN, slice.perhapsDone())));
    }

    private void answered(Call call, Answer answer) {
        Duration latency = Duration.ofNanos(tools.time().nanos() - call.startedNanos());
        tools.metrics().called(answer, latency, call.slice().size());
    }

    private void decideAll(Call call, OutcomeStatus status, String message) {
        decide(call, Words.same(call.slice(), status, message));
    }

    private void decide(Call call, List<FinalWord> words) {
        if (!words.isEmpty()) {
            known += (int) words.stream()
                    .filter(word -> word.status() != OutcomeStatus.UNKNOWN)
                    .count();
            calls.add(new CallWords(call.startedAt(), tools.time().now(), words));
        }
    }

    /** One call under way. */
    private record Call(Slice slice, Instant startedAt, long startedNanos) {}
}
