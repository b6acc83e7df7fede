package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each kind of operation does (requirements BEH-1 to BEH-6, BEH-15, BEH-16). */
public interface OperationContract extends DestinationSuite {

    @Test
    default void upsertCreatesAndUpdates() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.UPSERT);
            bench.deliverAll(OperationKind.UPSERT, bench.samples(0, 5));
            bench.assertHolds(bench.samples(0, 5));

            List<DestinationRecord> changed = List.of(
                    bench.record("id-1", "changed", "-0.0000000001", true),
                    bench.record("id-4", "changed too", "4", false),
                    bench.record("id-5", "new", "5", true));
            bench.deliverAll(OperationKind.UPSERT, changed);

            List<DestinationRecord> expected = new ArrayList<>(changed);
            expected.addAll(List.of(bench.sample(0), bench.sample(2), bench.sample(3)));
            bench.assertHolds(expected);
        }
    }

    @Test
    default void updateChangesButNeverCreates() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.UPDATE);
            needs(Trait.MATCHES_RECORDS);
            bench.deliverAll(DestinationSuite.creating(bench), bench.samples(0, 3));

            DestinationRecord changed = bench.record("id-1", "changed", "1.25", null);
            List<AttemptResult> results =
                    bench.deliver(OperationKind.UPDATE, List.of(bench.record("missing", "never", "1", true), changed));

            assertThat(results.get(0)).isInstanceOf(AttemptResult.Rejected.class);
            assertThat(((AttemptResult.Rejected) results.get(0)).reason()).isNotBlank();
            assertThat(results.get(1)).isInstanceOf(AttemptResult.Accepted.class);
            bench.assertHolds(List.of(bench.sample(0), changed, bench.sample(2)));
        }
    }

    @Test
    default void insertCreatesButNeverModifies() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.INSERT);
            needs(Trait.MATCHES_RECORDS);
            bench.deliverAll(OperationKind.INSERT, bench.samples(0, 3));

            List<AttemptResult> results = bench.deliver(
                    OperationKind.INSERT, List.of(bench.record("id-1", "changed", "9", false), bench.sample(3)));

            assertThat(results.get(0)).isInstanceOf(AttemptResult.Accepted.class);
            assertThat(((AttemptResult.Accepted) results.get(0)).note())
                    .as("an accepted insert that was skipped says so (BEH-16)")
                    .isPresent();
            assertThat(results.get(1)).isEqualTo(AttemptResult.Accepted.PLAIN);
            bench.assertHolds(bench.samples(0, 4));
        }
    }

    @Test
    default void deleteRemovesWhatIsNamedAndNothingElse() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.DELETE);
            bench.deliverAll(DestinationSuite.creating(bench), bench.samples(0, 5));

            bench.deliverAll(
                    OperationKind.DELETE,
                    List.of(bench.deletion("id-1"), bench.deletion("id-3"), bench.deletion("never there")));

            bench.assertHolds(List.of(bench.sample(0), bench.sample(2), bench.sample(4)));
        }
    }

    @Test
    default void appendAddsEachRecordOnce() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.APPEND);
            bench.deliverAll(OperationKind.APPEND, bench.samples(0, 4));
            bench.deliverAll(OperationKind.APPEND, bench.samples(4, 6));
            bench.assertHolds(bench.samples(0, 6));
        }
    }

    @Test
    default void kindsThatAreNotClaimedFailAndChangeNothing() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            Set<OperationKind> denied = EnumSet.complementOf(EnumSet.copyOf(DestinationSuite.kinds(bench)));
            assumeFalse(denied.isEmpty(), "the object claims every kind of operation");
            for (OperationKind kind : denied) {
                BatchResult result = bench.write(kind, bench.samples(0, 1));
                assertThat(result).as(kind.wireName()).isInstanceOf(BatchResult.Failed.class);
                assertThat(((BatchResult.Failed) result).error().code()).isEqualTo("OPERATION_NOT_SUPPORTED");
                bench.assertHolds(List.of());
            }
        }
    }

    @Test
    default void limitsOfAConnectionStayWithinTheClaims() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationClaims claims = fixture().connector().claims();
            assertThat(bench.connection().limits(claims).batchSize()).isBetween(1, claims.maximumBatchSize());
            assertThat(bench.connection().limits(claims).parallelCalls()).isBetween(1, claims.maximumParallelCalls());
        }
    }

    @Test
    default void everyClaimedBatchSizeWorks() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            int size = Math.min(bench.batchSize(), 5_000);
            List<DestinationRecord> records = bench.samples(0, size);
            bench.deliverAll(DestinationSuite.creating(bench), records);
            bench.assertHolds(records);
        }
    }

    @Test
    default void aSingleRecordIsABatchToo() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            bench.deliverAll(DestinationSuite.creating(bench), bench.samples(7, 8));
            bench.assertHolds(bench.samples(7, 8));
        }
    }
}
