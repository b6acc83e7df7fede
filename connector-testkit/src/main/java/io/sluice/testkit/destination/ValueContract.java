package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import io.sluice.testkit.NaughtyText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values arrive as they were sent: no trimming, no re-encoding, no rounding, null is null. */
public interface ValueContract extends DestinationSuite {

    @Test
    default void naughtyTextArrivesUnchanged() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            List<DestinationRecord> records = new ArrayList<>();
            for (String text : NaughtyText.all()) {
                records.add(bench.record("text-" + records.size(), text, "1", true));
            }
            bench.deliverAll(DestinationSuite.creating(bench), records);
            bench.assertHolds(records);
        }
    }

    @Test
    default void naughtyIdentifiersStayApart() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            List<DestinationRecord> records = new ArrayList<>();
            for (String text : NaughtyText.all()) {
                if (!text.isEmpty() && text.length() < 200) {
                    records.add(bench.record(text, "of " + records.size(), "2", false));
                }
            }
            bench.deliverAll(DestinationSuite.creating(bench), records);
            bench.assertHolds(records);
        }
    }

    /** U+0000 is a valid character that many systems cannot store: then the record is rejected, never mended. */
    @Test
    default void theNullCharacterIsStoredOrRejected() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationRecord odd = bench.record("zero", "before\0after", "1", true);
            List<AttemptResult> results =
                    bench.deliver(DestinationSuite.creating(bench), List.of(bench.sample(0), odd, bench.sample(1)));
            boolean accepted = results.get(1) instanceof AttemptResult.Accepted;
            assertThat(results.get(1)).isInstanceOfAny(AttemptResult.Accepted.class, AttemptResult.Rejected.class);
            bench.assertHolds(
                    accepted
                            ? List.of(bench.sample(0), odd, bench.sample(1))
                            : List.of(bench.sample(0), bench.sample(1)));
        }
    }

    @Test
    default void numbersKeepEveryDigit() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            List<DestinationRecord> records = new ArrayList<>();
            for (String number : List.of(
                    "0",
                    "-1",
                    "1.50",
                    "9007199254740993",
                    "-9223372036854775808",
                    "1234567890123456789012345678.0123456789",
                    "0.0000000001",
                    "1e3",
                    "-2.5E-3")) {
                records.add(bench.record("number-" + records.size(), "n", number, false));
            }
            bench.deliverAll(DestinationSuite.creating(bench), records);
            bench.assertHolds(records);
        }
    }

    @Test
    default void nullsAreSentAsNulls() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            List<DestinationRecord> records = List.of(
                    bench.record("all null", null, null, null),
                    bench.record("text null", null, "1", true),
                    bench.record("number null", "", null, false),
                    bench.record("flag null", "x", "0", null));
            bench.deliverAll(DestinationSuite.creating(bench), records);
            bench.assertHolds(records);
        }
    }

    @Test
    default void aNullClearsAField() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.UPSERT);
            bench.deliverAll(OperationKind.UPSERT, bench.samples(0, 2));
            DestinationRecord cleared = bench.record("id-0", null, null, null);
            bench.deliverAll(OperationKind.UPSERT, List.of(cleared));
            bench.assertHolds(List.of(cleared, bench.sample(1)));
        }
    }

    /** A left-out value (MAP-5) differs from record to record, also within one batch. */
    @Test
    default void aValueLeftOutLeavesTheFieldAlone() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.UPSERT);
            needs(Trait.PARTIAL_UPDATES);
            bench.deliverAll(OperationKind.UPSERT, bench.samples(0, 3));

            bench.deliverAll(
                    OperationKind.UPSERT,
                    List.of(
                            without(bench.record("id-0", "left out", "100.25", true), 1),
                            without(bench.record("id-1", "changed", "7", true), 2),
                            bench.record("id-2", "changed too", "8", false),
                            without(bench.record("id-3", "left out", "9", true), 1)));

            bench.assertHolds(List.of(
                    bench.record("id-0", "text of 0", "100.25", true),
                    bench.record("id-1", "changed", "1.50", true),
                    bench.record("id-2", "changed too", "8", false),
                    bench.record("id-3", null, "9", true)));
        }
    }

    private static DestinationRecord without(DestinationRecord record, int field) {
        Value[] values = record.values().toArray(Value[]::new);
        values[field] = null;
        return new DestinationRecord(record.identifier(), Arrays.asList(values));
    }
}
