package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fields that are given the key of what their value finds (DST-7): what is claimed works, what is not is refused. */
public interface LookupContract extends DestinationSuite {

    @Test
    default void aLookedUpValueBecomesTheKeyOfWhatItFinds() throws Exception {
        TestLookup lookup = lookup();
        try (DestinationBench bench = new DestinationBench(fixture(), lookup.object())) {
            DestinationField.Lookup claimed = DestinationSuite.listed(bench)
                    .field(lookup.object().text())
                    .flatMap(DestinationField::lookup)
                    .orElseThrow(() -> new AssertionError("the field claims no lookup"));
            assertThat(claimed.object()).isEqualTo(lookup.lookupObject());
            assertThat(claimed.by()).containsKey(lookup.lookupField());

            List<String> values = lookup.keys().keySet().stream().sorted().toList();
            List<DestinationRecord> records = new ArrayList<>();
            for (String value : values) {
                records.add(bench.record("of " + value, value, "1", true));
            }
            records.add(bench.record("of nothing", null, "1", true));
            assertThat(deliver(bench, lookup, records))
                    .allSatisfy(result -> assertThat(result).isInstanceOf(AttemptResult.Accepted.class));

            for (String value : values) {
                assertThat(bench.stored("of " + value).value(lookup.object().text()))
                        .isEqualTo(Value.ofText(lookup.keys().get(value)));
            }
            assertThat(bench.stored("of nothing").value(lookup.object().text())).isEqualTo(Value.nothing());
        }
    }

    @Test
    default void aLookupThatFindsNothingRejectsItsRecordOnly() throws Exception {
        TestLookup lookup = lookup();
        assertRejected(lookup, lookup.unknown(), DestinationField.Lookup.NOT_FOUND);
    }

    @Test
    default void aLookupThatFindsSeveralRejectsItsRecordOnly() throws Exception {
        TestLookup lookup = lookup();
        assertRejected(lookup, lookup.ambiguous(), DestinationField.Lookup.AMBIGUOUS);
    }

    @Test
    default void lookupsThatAreNotClaimedAreRefused() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            String field = bench.object().text();
            WritePlan plan = bench.plan()
                    .withLookups(Map.of(
                            field,
                            new WritePlan.Lookup(
                                    bench.object().name(), bench.object().identifier())));
            assertThat(DestinationSuite.listed(bench).field(field).flatMap(DestinationField::lookup))
                    .isEmpty();
            assertThatThrownBy(() -> bench.connection().openWriter(plan).close())
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            refused -> assertThat(refused.error().code()).isEqualTo("LOOKUP_NOT_SUPPORTED"));
        }
    }

    private void assertRejected(TestLookup lookup, String value, String reason) throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture(), lookup.object())) {
            String known = lookup.keys().keySet().iterator().next();
            List<AttemptResult> results = deliver(
                    bench,
                    lookup,
                    List.of(
                            bench.record("first", known, "1", true),
                            bench.record("bad", value, "2", true),
                            bench.record("last", known, "3", false)));

            assertThat(results.get(0)).isInstanceOf(AttemptResult.Accepted.class);
            assertThat(results.get(1))
                    .isInstanceOfSatisfying(AttemptResult.Rejected.class, rejected -> assertThat(rejected.reason())
                            .startsWith(reason));
            assertThat(results.get(2)).isInstanceOf(AttemptResult.Accepted.class);
            assertThat(bench.contents())
                    .extracting(StoredRecord::identifier)
                    .containsExactlyInAnyOrder("first", "last");
        }
    }

    private static List<AttemptResult> deliver(
            DestinationBench bench, TestLookup lookup, List<DestinationRecord> records) throws Exception {
        OperationKind kind = DestinationSuite.creating(bench);
        WritePlan plan = bench.plan()
                .withLookups(Map.of(
                        lookup.object().text(), new WritePlan.Lookup(lookup.lookupObject(), lookup.lookupField())));
        try (DestinationWriter writer = bench.connection().openWriter(plan)) {
            return bench.deliver(writer, kind, records);
        }
    }

    private TestLookup lookup() throws Exception {
        Optional<TestLookup> lookup = fixture().createLookup();
        assumeTrue(lookup.isPresent(), "no field claims to be looked up");
        return lookup.orElseThrow();
    }
}
