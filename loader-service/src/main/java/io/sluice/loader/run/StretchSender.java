package io.sluice.loader.run;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.contract.Operation;
import io.sluice.contract.OutcomeStatus;
import io.sluice.loader.batch.KindBatch;
import io.sluice.loader.batch.UnmappableRecordException;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.dispatch.DispatchResult;
import io.sluice.loader.dispatch.Dispatcher;
import io.sluice.loader.outcome.CallWords;
import io.sluice.loader.outcome.FinalWord;
import io.sluice.loader.retry.HaltSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Sends the batches of one stretch, side by side where the destination allows it, and waits for all of them. */
final class StretchSender {
    private final Dispatcher.Tools tools;
    private final ExecutorService callers;

    /**
     * Makes a sender.
     *
     * @param tools what all dispatchers of the lane share
     * @param callers runs calls that go side by side
     */
    StretchSender(Dispatcher.Tools tools, ExecutorService callers) {
        this.tools = tools;
        this.callers = callers;
    }

    /**
     * What became of a batch.
     *
     * @param operations what was to be sent; the calls' words refer to it by position
     * @param records what each was made into; empty when nothing could be made
     */
    record Sent(List<Operation> operations, List<DestinationRecord> records, DispatchResult result) {

        /** The operations without a final word. */
        List<Operation> notAttempted() {
            if (result.notAttempted() == 0) {
                return List.of();
            }
            BitSet answered = new BitSet(operations.size());
            result.calls().forEach(call -> call.words().forEach(word -> answered.set(word.index())));
            return IntStream.range(0, operations.size())
                    .filter(index -> !answered.get(index))
                    .mapToObj(operations::get)
                    .toList();
        }
    }

    /** Sends each batch through one of the writers; the results are in the batches' order. */
    List<Sent> send(
            LoadRun run, LoadRun.Ready ready, List<KindBatch> batches, List<DestinationWriter> writers, HaltSignal halt)
            throws AbandonedException {
        List<List<List<Sent>>> byWriter = new ArrayList<>();
        if (writers.size() == 1) {
            byWriter.add(sendAll(run, ready, batches, writers.getFirst(), halt));
        } else {
            List<Callable<List<List<Sent>>>> tasks = new ArrayList<>();
            for (int i = 0; i < writers.size(); i++) {
                DestinationWriter writer = writers.get(i);
                List<KindBatch> share = everyNth(batches, i, writers.size());
                tasks.add(() -> sendAll(run, ready, share, writer, halt));
            }
            byWriter.addAll(together(tasks));
        }
        List<Sent> inOrder = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            inOrder.addAll(byWriter.get(i % writers.size()).get(i / writers.size()));
        }
        return inOrder;
    }

    private List<List<Sent>> sendAll(
            LoadRun run, LoadRun.Ready ready, List<KindBatch> batches, DestinationWriter writer, HaltSignal halt)
            throws AbandonedException {
        Dispatcher dispatcher = new Dispatcher(
                writer, ready.lease().claims().idempotent(), ready.lease().calls(), tools);
        List<List<Sent>> sent = new ArrayList<>();
        for (KindBatch batch : batches) {
            sent.add(sendOne(run, ready, batch, dispatcher, halt));
        }
        return sent;
    }

    private List<Sent> sendOne(
            LoadRun run, LoadRun.Ready ready, KindBatch batch, Dispatcher dispatcher, HaltSignal halt)
            throws AbandonedException {
        List<Operation> readable = new ArrayList<>(batch.operations().size());
        List<DestinationRecord> records = new ArrayList<>(batch.operations().size());
        List<Sent> sent = new ArrayList<>(1);
        for (Operation operation : batch.operations()) {
            try {
                records.add(ready.mapper().map(operation));
                readable.add(operation);
            } catch (UnmappableRecordException unmappable) {
                sent.add(rejected(operation, unmappable.getMessage()));
            }
        }
        if (!records.isEmpty()) {
            DispatchResult result = dispatcher.dispatch(new DestinationBatch(batch.kind(), records), halt);
            result.failure().ifPresent(run::failWithDestination);
            if (!result.calls().isEmpty()) {
                run.noteAnswered(result.unanswered(), tools.retries().maximumRetries());
            }
            sent.add(new Sent(readable, records, result));
        }
        return sent;
    }

    private Sent rejected(Operation operation, String reason) {
        Instant now = tools.time().now();
        FinalWord word = new FinalWord(0, OutcomeStatus.REJECTED, reason);
        return new Sent(
                List.of(operation),
                List.of(),
                new DispatchResult(List.of(new CallWords(now, now, List.of(word))), 0, Optional.empty(), false));
    }

    private static List<KindBatch> everyNth(List<KindBatch> batches, int first, int step) {
        List<KindBatch> share = new ArrayList<>();
        for (int i = first; i < batches.size(); i += step) {
            share.add(batches.get(i));
        }
        return share;
    }

    private <T> List<T> together(List<Callable<T>> tasks) throws AbandonedException {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : callers.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AbandonedException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AbandonedException) {
                throw new AbandonedException();
            }
            throw new IllegalStateException("sending a stretch failed", failed.getCause());
        }
    }
}
