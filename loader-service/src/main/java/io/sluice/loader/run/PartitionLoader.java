package io.sluice.loader.run;

import io.sluice.connector.destination.DestinationWriter;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.RunStarted;
import io.sluice.loader.batch.BatchBuilder;
import io.sluice.loader.batch.KindBatch;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.outcome.CallWords;
import io.sluice.loader.outcome.FinalWord;
import io.sluice.loader.outcome.LoadTally;
import io.sluice.loader.outcome.OutcomeMessages;
import io.sluice.loader.outcome.SentFields;
import io.sluice.loader.position.OpenRun;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.retry.HaltSignal.Halt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through one partition of a lane's operations: opens and closes brackets, collects operations into stretches, sends
 * them, and hands on what is finished, in the partition's order. Used by one thread; {@link #appetite()} by any.
 */
public final class PartitionLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoader.class);

    /** Messages of a run that sends nothing more are handed on when there are so many. */
    private static final int MOST_WAITING = 50;

    private final LaneContext lane;
    private final StretchSender sender;
    private final Consumer<Finished> finished;
    private final Map<Long, PartitionRun> open = new LinkedHashMap<>();
    private final boolean allRunsKnown;
    private final long skipAt;
    private final int skip;

    /** What was accepted and is not sent yet: operations of one run. */
    private BatchBuilder stretch;

    private PartitionRun stretchRun;
    private String stretchKey;

    /** Everything before this was accepted; what is not in the stretch is done. */
    private long nextOffset;

    private int nextSkip;

    private List<Finished.Message> messages = new ArrayList<>();
    private boolean moved;
    private volatile int appetite;

    /**
     * Makes a loader that continues where the last one of this partition stopped.
     *
     * @param lane what all partitions of the lane share
     * @param from the committed position
     * @param finished takes finished work, in order, on the caller's thread
     */
    public PartitionLoader(LaneContext lane, PartitionPosition from, Consumer<Finished> finished) {
        this.lane = lane;
        this.sender = new StretchSender(lane.tools(), lane.callers());
        this.finished = finished;
        this.allRunsKnown = from.complete();
        this.skipAt = from.offset();
        this.skip = from.skip();
        this.nextOffset = from.offset();
        this.nextSkip = from.skip();
        this.appetite = lane.minimumAppetite();
        for (OpenRun saved : from.openRuns()) {
            open.put(saved.syncRunId(), PartitionRun.restored(lane.runs().enter(saved.syncRunId()), saved));
        }
    }

    /** How many operations are worth having in hand, besides those being sent, to fill the next calls. */
    public int appetite() {
        return appetite;
    }

    /**
     * Takes the next message.
     *
     * @throws AbandonedException when the lane asked to stop: nothing may be done with this loader but closing it
     * @throws IllegalArgumentException when the message is of no known kind
     */
    public void accept(long offset, String key, OperationsEvent message) throws AbandonedException {
        switch (message.getEvent()) {
            case RunStarted started -> started(offset, key, started);
            case OperationBatch batch -> operations(offset, key, batch);
            case DiffEnded ended -> ended(offset, key, ended);
            default -> throw new IllegalArgumentException("unknown event in the operations topic");
        }
    }

    /**
     * Passes over a message nobody can read, which was parked: the runs of its sync that are open here fail, because
     * operations of theirs may have been in it.
     *
     * @param key the message's key, or null when it is not readable either: then all open runs fail
     */
    public void acceptParked(long offset, String key) throws AbandonedException {
        sendStretch();
        for (PartitionRun run : open.values()) {
            if (key == null || key.equals(Long.toString(run.syncId()))) {
                run.run().fail(RunErrors.parked());
            }
        }
        moveTo(offset + 1, 0);
        emit(List.of(), false);
    }

    /** Whether operations were accepted that are not sent yet. */
    public boolean isCollecting() {
        return stretch != null && !stretch.isEmpty();
    }

    /** Nothing more is waiting: sends what is there, however little (a small run must not wait for a full batch). */
    public void flush() throws AbandonedException {
        sendStretch();
        if (moved) {
            emit(List.of(), false);
        }
    }

    private void started(long offset, String key, RunStarted started) throws AbandonedException {
        sendStretch();
        forgetOrphansOf(started);
        open.computeIfAbsent(
                started.getSyncRunId(), id -> new PartitionRun(lane.runs().enter(id), started.getSyncId(), true));
        messages.add(new Finished.Message(key, new OutcomesEvent(started)));
        moveTo(offset + 1, 0);
    }

    /** A sync has one run at a time: an older bracket that is still open here will never be closed. */
    private void forgetOrphansOf(RunStarted started) {
        List<PartitionRun> orphans = open.values().stream()
                .filter(run -> run.syncId() == started.getSyncId())
                .filter(run -> run.run().syncRunId() != started.getSyncRunId())
                .toList();
        for (PartitionRun orphan : orphans) {
            LOG.warn("run {} never ended here and is forgotten", orphan.run().syncRunId());
            open.remove(orphan.run().syncRunId());
            leave(orphan);
        }
    }

    private void operations(long offset, String key, OperationBatch batch) throws AbandonedException {
        PartitionRun run = open.computeIfAbsent(
                batch.getSyncRunId(), id -> new PartitionRun(lane.runs().enter(id), syncIdOf(key), allRunsKnown));
        if (run != stretchRun) {
            sendStretch();
            stretchRun = run;
            stretchKey = key;
            stretch = null;
        }
        List<Operation> operations = batch.getOperations();
        int from = offset == skipAt ? Math.min(skip, operations.size()) : 0;
        for (int i = from; i < operations.size(); i++) {
            if (!prepared(run)) {
                leaveUnsent(run, key, operations.subList(i, operations.size()));
                break;
            }
            if (!stretch.offer(operations.get(i))) {
                moveTo(offset, i);
                sendStretch();
                stretch.offer(operations.get(i));
            }
        }
        moveTo(offset + 1, 0);
        if (stretch != null && stretch.isFull()) {
            sendStretch();
        }
        if (messages.size() >= MOST_WAITING) {
            flush();
        }
    }

    private static long syncIdOf(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException notOurs) {
            return -1;
        }
    }

    /** Whether operations of this run can be taken: it goes on, and its batch size is known. */
    private boolean prepared(PartitionRun run) throws AbandonedException {
        if (halt(run) == Halt.ABANDON) {
            throw new AbandonedException();
        }
        if (run.failure().isPresent()) {
            return false;
        }
        if (stretch == null) {
            Optional<LoadRun.Ready> ready = run.run().ready(opening(run));
            if (ready.isEmpty()) {
                return false;
            }
            int calls = lane.callsPerPartition(ready.get().lease().limits().parallelCalls());
            stretch = new BatchBuilder(ready.get().batchSize(), calls, lane.maximumStretchBytes());
            appetite = Math.max(lane.minimumAppetite(), calls * ready.get().batchSize());
        }
        return true;
    }

    private void ended(long offset, String key, DiffEnded ended) throws AbandonedException {
        sendStretch();
        PartitionRun run = open.remove(ended.getSyncRunId());
        if (run == null) {
            run = new PartitionRun(lane.runs().enter(ended.getSyncRunId()), syncIdOf(key), allRunsKnown);
        }
        if (ended.getState() == EndState.COMPLETED) {
            halt(run); // a cancel that came after the last operation still counts
            failIfOperationsAreMissing(run, ended.getCounts());
        }
        countMissing(run, ended.getCounts());
        LoadEnded end = new LoadEnded(
                ended.getSyncRunId(),
                state(run, ended),
                ended.getCounts(),
                run.tally().toCounts(),
                run.failure().orElse(ended.getError()));
        messages.add(new Finished.Message(key, new OutcomesEvent(end)));
        leave(run);
        moveTo(offset + 1, 0);
        emit(List.of(new Finished.Progress(ended.getSyncRunId(), run.tally().answered(), true)), true);
    }

    private static EndState state(PartitionRun run, DiffEnded ended) {
        return run.failure()
                .map(error -> RunErrors.isCanceled(error) ? EndState.CANCELED : EndState.FAILED)
                .orElse(ended.getState());
    }

    private static long missing(PartitionRun run, DiffCounts planned) {
        return planned.getPlannedUpdates()
                + planned.getPlannedDeletes()
                - run.tally().answered()
                - run.tally().notAttempted();
    }

    private static void failIfOperationsAreMissing(PartitionRun run, DiffCounts planned) {
        long missing = missing(run, planned);
        if (missing > 0 && run.countedFromStart()) {
            run.run().fail(RunErrors.operationsMissing(missing));
        }
    }

    /** Planned = answered + not attempted must hold (HIS-8), also for what never arrived. */
    private static void countMissing(PartitionRun run, DiffCounts planned) {
        long missing = missing(run, planned);
        if (missing > 0 && run.countedFromStart()) {
            run.countNotAttempted(missing);
        }
    }

    private void leaveUnsent(PartitionRun run, String key, List<Operation> operations) {
        run.countNotAttempted(operations.size());
        lane.metrics().notAttempted(operations.size());
        if (run.run().isLogged()) {
            say(key, OutcomeMessages.notAttempted(run.run().syncRunId(), operations));
        }
    }

    private void say(String key, List<OutcomesEvent> events) {
        events.forEach(event -> messages.add(new Finished.Message(key, event)));
    }

    private void sendStretch() throws AbandonedException {
        if (!isCollecting()) {
            return;
        }
        List<KindBatch> batches = stretch.drain();
        PartitionRun run = stretchRun;
        Optional<LoadRun.Ready> ready = run.run().ready(opening(run));
        Optional<List<DestinationWriter>> writers = ready.isEmpty()
                ? Optional.empty()
                : run.writers(ready.get(), callsFor(ready.get(), batches), opening(run));
        if (writers.isEmpty()) {
            leaveUnsent(
                    run,
                    stretchKey,
                    batches.stream()
                            .flatMap(batch -> batch.operations().stream())
                            .toList());
        } else {
            for (StretchSender.Sent sent :
                    sender.send(run.run(), ready.get(), batches, writers.get(), () -> halt(run))) {
                record(run, ready.get(), sent);
            }
        }
        emit(List.of(new Finished.Progress(run.run().syncRunId(), run.tally().answered(), false)), false);
    }

    private int callsFor(LoadRun.Ready ready, List<KindBatch> batches) {
        return Math.min(
                batches.size(), lane.callsPerPartition(ready.lease().limits().parallelCalls()));
    }

    private void record(PartitionRun run, LoadRun.Ready ready, StretchSender.Sent sent) {
        long runId = run.run().syncRunId();
        boolean logged = run.run().isLogged();
        SentFields fields = logged ? new SentFields(ready.mapper().writePlan().fields()) : null;
        for (CallWords call : sent.result().calls()) {
            LoadTally.Counter counter = new LoadTally.Counter();
            for (FinalWord word : call.words()) {
                counter.add(sent.operations().get(word.index()).getKind(), word.status());
            }
            run.count(counter.tally());
            counter.byStatus(lane.metrics()::answered);
            say(
                    stretchKey,
                    logged
                            ? OutcomeMessages.logged(runId, call, sent.operations(), sent.records(), fields)
                            : OutcomeMessages.of(runId, call, sent.operations()));
        }
        if (sent.result().notAttempted() > 0) {
            leaveUnsent(run, stretchKey, sent.notAttempted());
        }
    }

    private Opening opening(PartitionRun run) {
        return new Opening(lane.tools(), () -> halt(run));
    }

    private Halt halt(PartitionRun run) {
        if (lane.stopping().getAsBoolean()) {
            return Halt.ABANDON;
        }
        LoadRun shared = run.run();
        if (shared.failure().isEmpty()) {
            lane.cancellations()
                    .reason(shared.syncRunId())
                    .ifPresent(reason -> shared.fail(RunErrors.canceled(reason)));
        }
        return shared.failure().isPresent() ? Halt.END_RUN : Halt.NONE;
    }

    private void moveTo(long offset, int operations) {
        nextOffset = offset;
        nextSkip = operations;
        moved = true;
    }

    private void emit(List<Finished.Progress> progress, boolean urgent) {
        List<OpenRun> runs = open.values().stream().map(PartitionRun::saved).toList();
        PartitionPosition position = new PartitionPosition(nextOffset, nextSkip, runs, allRunsKnown);
        finished.accept(new Finished(messages, position, progress, urgent));
        messages = new ArrayList<>();
        moved = false;
    }

    private void leave(PartitionRun run) {
        if (run == stretchRun) {
            stretchRun = null;
            stretch = null;
        }
        run.closeWriters();
        lane.runs().leave(run.run());
    }

    @Override
    public void close() {
        List.copyOf(open.values()).forEach(this::leave);
        open.clear();
    }
}
