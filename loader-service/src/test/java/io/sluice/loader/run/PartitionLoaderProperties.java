package io.sluice.loader.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.Outcome;
import io.sluice.contract.RunStarted;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.position.PositionCodec;
import io.sluice.loader.testing.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartitionLoaderProperties {

    /** However often the worker dies, and wherever: outcomes exactly once, counters as if nothing had happened. */
    @Property(tries = 300)
    void outcomesAreWrittenOnceWhereverTheWorkerDies(
            @ForAll @IntRange(min = 0, max = 120) int operations,
            @ForAll @IntRange(min = 1, max = 15) int batchSize,
            @ForAll @IntRange(min = 1, max = 3) int parallel,
            @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        LoaderFixture fixture = new LoaderFixture();
        fixture.script.limits = new ConnectionLimits(batchSize, parallel);
        fixture.script.answer = batch -> new BatchResult.PerRecord(
                batch.records().stream().map(PartitionLoaderProperties::answer).toList());
        List<OperationsEvent> messages = messages(operations, random);

        PartitionPosition committed = PartitionPosition.start(0);
        List<Finished> kept = new ArrayList<>();
        while (committed.offset() < messages.size()) {
            fixture.finished.clear();
            work(fixture, committed, messages, random);
            // a crash: of what was finished only the beginning got through
            int through =
                    random.nextInt(4) == 0 ? random.nextInt(fixture.finished.size() + 1) : fixture.finished.size();
            kept.addAll(fixture.finished.subList(0, through));
            if (!kept.isEmpty()) {
                PartitionPosition last = kept.getLast().position();
                committed = PositionCodec.decode(last.offset(), PositionCodec.encode(last));
            }
        }
        fixture.finished.clear();
        fixture.finished.addAll(kept);

        assertThat(fixture.outcomes())
                .extracting(Outcome::getIdentifier)
                .doesNotHaveDuplicates()
                .hasSize(operations);
        assertThat(fixture.events().stream().filter(RunStarted.class::isInstance))
                .hasSize(1);
        long rejected = fixture.outcomes().stream()
                .filter(outcome -> isRejected(outcome.getIdentifier()))
                .count();
        long deletes = fixture.outcomes().stream()
                .filter(outcome -> outcome.getIdentifier().startsWith("d"))
                .count();
        assertThat(fixture.end().getLoad().getUpdatesFailed()
                        + fixture.end().getLoad().getDeletesFailed())
                .isEqualTo(rejected);
        assertThat(fixture.end().getLoad().getDeletesSucceeded()
                        + fixture.end().getLoad().getDeletesFailed())
                .isEqualTo(deletes);
        assertThat(fixture.end().getLoad().getNotAttempted()).isZero();
        assertThat(fixture.end().getError()).isNull();
        assertThat(fixture.script.openWriters).hasValue(0);
    }

    private static void work(
            LoaderFixture fixture, PartitionPosition from, List<OperationsEvent> messages, Random random)
            throws Exception {
        try (PartitionLoader loader = fixture.loader(from)) {
            int last = random.nextInt(3) == 0
                    ? (int) from.offset() + random.nextInt(messages.size() - (int) from.offset()) + 1
                    : messages.size();
            for (int offset = (int) from.offset(); offset < last; offset++) {
                loader.accept(offset, LoaderFixture.KEY, messages.get(offset));
                if (random.nextInt(3) == 0) {
                    loader.flush();
                }
            }
        }
    }

    private static AttemptResult answer(DestinationRecord record) {
        return isRejected(record.identifier()) ? new AttemptResult.Rejected("no") : AttemptResult.Accepted.PLAIN;
    }

    private static boolean isRejected(String identifier) {
        return identifier.endsWith("7");
    }

    private static List<OperationsEvent> messages(int operations, Random random) {
        List<OperationsEvent> messages = new ArrayList<>();
        messages.add(LoaderFixture.started(1));
        List<Operation> batch = new ArrayList<>();
        long deletes = 0;
        for (int i = 0; i < operations; i++) {
            boolean delete = random.nextInt(5) == 0;
            deletes += delete ? 1 : 0;
            batch.add(delete ? Plans.delete("d" + i) : Plans.upsert("u" + i));
            if (random.nextInt(12) == 0) {
                messages.add(new OperationsEvent(new OperationBatch(1L, batch)));
                batch = new ArrayList<>();
            }
        }
        if (!batch.isEmpty()) {
            messages.add(new OperationsEvent(new OperationBatch(1L, batch)));
        }
        messages.add(LoaderFixture.ended(1, operations - deletes, deletes));
        return messages;
    }
}
