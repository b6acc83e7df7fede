package io.sluice.loader.run;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.loader.destination.DestinationOpener;
import io.sluice.loader.destination.DestinationSlot;
import io.sluice.loader.dispatch.Dispatcher;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.rate.CallPacer;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.testing.FakeTime;
import io.sluice.loader.testing.Plans;
import io.sluice.loader.testing.Script;
import io.sluice.loader.testing.ScriptedDestination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A partition's loader over a scripted destination, fed by hand. */
final class LoaderFixture {
    static final long SYNC = 5;
    static final String KEY = "5";

    final Script script = new Script();
    final FakeTime time = new FakeTime();
    final Map<Long, RunPlan> plans = new ConcurrentHashMap<>();
    final Map<Long, String> canceled = new ConcurrentHashMap<>();
    final List<Finished> finished = new ArrayList<>();
    final DestinationSlot slot = new DestinationSlot(
            () -> new DestinationOpener.Opened(new ScriptedDestination().claims(), ScriptedDestination.connect(script)),
            limits -> {});
    volatile boolean plansUnreadable;
    final RunBook book = new RunBook(this::plan, slot);
    int partitionsHeld = 1;
    volatile boolean stopping;

    /** Jitter; none until a test says otherwise. */
    RandomGenerator random = () -> 0L;

    LoaderFixture() {
        plans.put(1L, Plans.plan(1, SYNC, 9, null));
    }

    private Optional<RunPlan> plan(long id) throws PlanUnreadableException {
        if (plansUnreadable) {
            throw new PlanUnreadableException("no broker", null);
        }
        return Optional.ofNullable(plans.get(id));
    }

    PartitionLoader loader() {
        return loader(PartitionPosition.start(0));
    }

    PartitionLoader loader(PartitionPosition from) {
        Dispatcher.Tools tools = new Dispatcher.Tools(
                RetryPolicy.DEFAULT, new CallPacer(OptionalDouble.empty(), 0), time, random, new SilentMetrics());
        LaneContext lane = new LaneContext(
                book,
                id -> Optional.ofNullable(canceled.get(id)),
                tools,
                Executors.newVirtualThreadPerTaskExecutor(),
                new SilentMetrics(),
                () -> partitionsHeld,
                16 << 20,
                () -> stopping);
        return new PartitionLoader(lane, from, finished::add);
    }

    static OperationsEvent started(long run) {
        return new OperationsEvent(new RunStarted(run, SYNC, "attempt-1"));
    }

    static OperationsEvent operations(long run, Operation... operations) {
        return new OperationsEvent(new OperationBatch(run, List.of(operations)));
    }

    static OperationsEvent upserts(long run, int from, int to) {
        List<Operation> operations = new ArrayList<>();
        for (int i = from; i < to; i++) {
            operations.add(Plans.upsert("u" + i));
        }
        return new OperationsEvent(new OperationBatch(run, operations));
    }

    static OperationsEvent ended(long run, long updates, long deletes) {
        return ended(run, updates, deletes, EndState.COMPLETED, null);
    }

    static OperationsEvent ended(long run, long updates, long deletes, EndState state, StageError error) {
        DiffCounts counts = new DiffCounts(updates + deletes + 10, 10L, updates, deletes, 0L);
        return new OperationsEvent(new DiffEnded(run, state, counts, error));
    }

    /** Everything sent to the outcomes topic so far. */
    List<Object> events() {
        return finished.stream()
                .flatMap(part -> part.messages().stream())
                .map(message -> message.event().getEvent())
                .toList();
    }

    List<Outcome> outcomes() {
        return events().stream()
                .flatMap(event -> event instanceof OutcomeBatch batch ? batch.getOutcomes().stream() : Stream.empty())
                .toList();
    }

    LoadEnded end() {
        return (LoadEnded) events().getLast();
    }

    PartitionPosition position() {
        return finished.getLast().position();
    }

    private static final class SilentMetrics implements LoadMetrics {
        @Override
        public void answered(OutcomeStatus status, int operations) {}

        @Override
        public void notAttempted(int operations) {}

        @Override
        public void called(Answer answer, Duration latency, int records) {}

        @Override
        public void retrying(int records) {}
    }
}
