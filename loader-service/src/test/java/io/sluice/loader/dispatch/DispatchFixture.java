package io.sluice.loader.dispatch;

import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.loader.outcome.FinalWord;
import io.sluice.loader.rate.CallPacer;
import io.sluice.loader.retry.HaltSignal;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.testing.FakeTime;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A dispatcher over a destination that is a function; remembers the calls as lists of identifiers. */
final class DispatchFixture {
    final FakeTime time = new FakeTime();
    final List<List<String>> calls = new ArrayList<>();
    HaltSignal halt = () -> HaltSignal.Halt.NONE;
    boolean idempotent = true;
    RetryPolicy policy = RetryPolicy.DEFAULT;

    DispatchResult dispatch(int records, Function<List<String>, BatchResult> destination) throws AbandonedException {
        DestinationWriter writer = new DestinationWriter() {
            @Override
            public BatchResult write(DestinationBatch batch) {
                List<String> identifiers = batch.records().stream()
                        .map(DestinationRecord::identifier)
                        .toList();
                calls.add(identifiers);
                return destination.apply(identifiers);
            }

            @Override
            public void close() {}
        };
        Dispatcher.Tools tools = new Dispatcher.Tools(
                policy, new CallPacer(OptionalDouble.empty(), time.nanos()), time, () -> -1L, CallMetrics.NONE);
        List<DestinationRecord> all = IntStream.range(0, records)
                .mapToObj(i -> new DestinationRecord("r" + i, List.of(new Value.Number("" + i))))
                .toList();
        return new Dispatcher(writer, idempotent, new Semaphore(1), tools)
                .dispatch(new DestinationBatch(OperationKind.UPSERT, all), halt);
    }

    static List<FinalWord> words(DispatchResult result) {
        return result.calls().stream().flatMap(call -> call.words().stream()).toList();
    }
}
