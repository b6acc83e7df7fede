package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Doing it again, doing it side by side, and doing it while the destination is down. */
public interface RepetitionContract extends DestinationSuite {

    /** The claim {@code idempotent}: after an unknown outcome the engine sends the same batch again (ENG-14). */
    @Test
    default void theSameBatchAgainChangesNothing() throws Exception {
        assumeTrue(fixture().connector().claims().idempotent(), "the destination denies idempotency");
        try (DestinationBench bench = new DestinationBench(fixture())) {
            Set<OperationKind> kinds = DestinationSuite.kinds(bench);
            for (OperationKind kind : new OperationKind[] {OperationKind.UPSERT, OperationKind.INSERT}) {
                if (kinds.contains(kind)) {
                    bench.deliverAll(kind, bench.samples(0, 10));
                    bench.deliverAll(kind, bench.samples(0, 10));
                    bench.assertHolds(bench.samples(0, 10));
                }
            }
            if (kinds.contains(OperationKind.UPDATE)) {
                List<DestinationRecord> changed = List.of(bench.record("id-2", "changed", "2", true));
                bench.deliverAll(OperationKind.UPDATE, changed);
                bench.deliverAll(OperationKind.UPDATE, changed);
                bench.deliverAll(OperationKind.UPDATE, bench.samples(2, 3));
            }
            if (kinds.contains(OperationKind.DELETE)) {
                bench.deliverAll(OperationKind.DELETE, List.of(bench.deletion("id-0")));
                bench.deliverAll(OperationKind.DELETE, List.of(bench.deletion("id-0")));
                bench.assertHolds(bench.samples(1, 10));
            }
        }
    }

    /** The claim {@code maximumParallelCalls}: that many writers over one connection, each on its own thread. */
    @Test
    default void writersWorkSideBySide() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            int writers = Math.min(
                    4, bench.connection().limits(fixture().connector().claims()).parallelCalls());
            int each = 100;
            OperationKind kind = DestinationSuite.creating(bench);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Void>> running = new ArrayList<>();
                for (int index = 0; index < writers; index++) {
                    int from = index * each;
                    Callable<Void> work = () -> {
                        for (int part = from; part < from + each; part += 25) {
                            bench.deliverAll(kind, bench.samples(part, part + 25));
                        }
                        return null;
                    };
                    running.add(threads.submit(work));
                }
                for (Future<Void> done : running) {
                    done.get();
                }
            }
            bench.assertHolds(bench.samples(0, writers * each));
        }
    }

    /** No answer is never taken for a yes (ENG-15), and "nothing was changed" is true. */
    @Test
    default void anOutageIsNotAnAcceptance() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            OperationKind kind = DestinationSuite.creating(bench);
            BatchResult result;
            try (DestinationWriter writer = bench.connection().openWriter(bench.plan())) {
                bench.assertHolds(List.of());
                Optional<DestinationFixture.Outage> outage = fixture().breakDown();
                assumeTrue(outage.isPresent(), "the fixture cannot break the destination down");
                try (DestinationFixture.Outage down = outage.get()) {
                    assertThat(down).isNotNull();
                    result = writer.write(new DestinationBatch(kind, bench.samples(0, Math.min(3, bench.batchSize()))));
                }
            }
            assertThat(acceptedOf(result))
                    .as("records accepted while the destination was down")
                    .isZero();
            if (result instanceof BatchResult.RetryLater || result instanceof BatchResult.Failed) {
                bench.assertHolds(List.of());
            }
            if (result instanceof BatchResult.Failed(var error)) {
                assertThat(error.message()).isNotBlank();
            }
        }
    }

    private static long acceptedOf(BatchResult result) {
        return switch (result) {
            case BatchResult.AllAccepted() -> 1;
            case BatchResult.PerRecord(List<AttemptResult> results) ->
                results.stream()
                        .filter(AttemptResult.Accepted.class::isInstance)
                        .count();
            default -> 0;
        };
    }
}
