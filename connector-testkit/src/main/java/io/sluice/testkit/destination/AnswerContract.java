package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One true answer per record, in the batch's order; accepted means durable, rejected means untouched. */
public interface AnswerContract extends DestinationSuite {

    @Test
    default void aRejectedRecordDoesNotStopTheOthers() throws Exception {
        for (Set<Integer> bad : List.of(Set.of(0), Set.of(3), Set.of(8), Set.of(0, 1, 7), Set.of(2, 4, 6, 8))) {
            try (DestinationBench bench = new DestinationBench(fixture())) {
                deliverWithBadOnes(bench, 9, bad);
            }
        }
    }

    @Test
    default void allRecordsMayBeRejected() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            deliverWithBadOnes(bench, 4, Set.of(0, 1, 2, 3));
        }
    }

    private void deliverWithBadOnes(DestinationBench bench, int size, Set<Integer> bad) throws Exception {
        RefusedValue refused = refused(bench);
        List<DestinationRecord> records = new ArrayList<>();
        List<DestinationRecord> good = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            DestinationRecord sample = bench.sample(index);
            if (bad.contains(index)) {
                records.add(bench.spoiled(sample, refused));
            } else {
                records.add(sample);
                good.add(sample);
            }
        }

        List<AttemptResult> results = bench.deliver(DestinationSuite.creating(bench), records);

        assertThat(results).hasSize(size);
        for (int index = 0; index < size; index++) {
            if (bad.contains(index)) {
                assertThat(results.get(index))
                        .as("result of bad record " + index)
                        .isInstanceOf(AttemptResult.Rejected.class);
                assertThat(((AttemptResult.Rejected) results.get(index)).reason())
                        .isNotBlank();
            } else {
                assertThat(results.get(index))
                        .as("result of good record " + index)
                        .isInstanceOf(AttemptResult.Accepted.class);
            }
        }
        bench.assertHolds(good);
    }

    @Test
    default void aBatchRefusedAsAWholeChangedNothing() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            RefusedValue refused = refused(bench);
            assumeTrue(bench.batchSize() >= 5, "the connection takes no batch of five");
            List<DestinationRecord> records = new ArrayList<>(bench.samples(0, 4));
            records.add(2, bench.spoiled(bench.sample(9), refused));

            BatchResult result = bench.write(DestinationSuite.creating(bench), records);

            if (fixture().connector().claims().reportsPerRecord()) {
                assertThat(result)
                        .as("a destination that claims to report per record does")
                        .isInstanceOf(BatchResult.PerRecord.class);
                return;
            }
            assertThat(result)
                    .as("a destination that denies reporting per record refuses the batch")
                    .isInstanceOf(BatchResult.Refused.class);
            assertThat(((BatchResult.Refused) result).reason()).isNotBlank();
            bench.assertHolds(List.of());
        }
    }

    @Test
    default void theWriterWorksOnAfterARejection() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            RefusedValue refused = refused(bench);
            OperationKind kind = DestinationSuite.creating(bench);
            try (DestinationWriter writer = bench.connection().openWriter(bench.plan())) {
                List<DestinationRecord> bad = List.of(bench.spoiled(bench.sample(0), refused));
                assertThat(bench.deliver(writer, kind, bad)).singleElement().isInstanceOf(AttemptResult.Rejected.class);
                assertThat(bench.deliver(writer, kind, bench.samples(1, 4)))
                        .hasSize(3)
                        .allMatch(AttemptResult.Accepted.class::isInstance);
            }
            bench.assertHolds(bench.samples(1, 4));
        }
    }

    @Test
    default void acceptedMeansDurableBeforeAnythingIsClosed() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            OperationKind kind = DestinationSuite.creating(bench);
            Set<String> accepted = new HashSet<>();
            try (DestinationWriter writer = bench.connection().openWriter(bench.plan())) {
                for (int from = 0; from < 30; from += 10) {
                    List<DestinationRecord> records = bench.samples(from, from + 10);
                    List<AttemptResult> results = bench.deliver(writer, kind, records);
                    for (int index = 0; index < results.size(); index++) {
                        if (results.get(index) instanceof AttemptResult.Accepted) {
                            accepted.add(records.get(index).identifier());
                        }
                    }
                    assertThat(bench.contents())
                            .extracting(StoredRecord::identifier)
                            .containsExactlyInAnyOrderElementsOf(accepted);
                }
            }
            assertThat(accepted).hasSize(30);
        }
    }

    private RefusedValue refused(DestinationBench bench) {
        Optional<RefusedValue> refused = fixture().refusedValue(bench.object());
        assumeTrue(refused.isPresent(), "the destination refuses nothing");
        return refused.get();
    }
}
