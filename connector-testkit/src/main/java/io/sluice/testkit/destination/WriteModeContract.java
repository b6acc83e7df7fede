package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of values that are there already (MAP-4, MAP-6): what a field claims it does, what it denies it refuses. */
public interface WriteModeContract extends DestinationSuite {

    @Test
    default void aFieldThatIsNotEmptyIsKeptWhereThatIsAsked() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            DestinationSuite.needs(bench, OperationKind.UPSERT);
            WritePlan plan = bench.plan();
            List<WriteMode> modes = modes(bench, plan);
            assumeTrue(modes.contains(WriteMode.SET_IF_EMPTY), "no field claims to be set only where it is empty");
            assertThat(modes.get(plan.fields().indexOf(bench.object().text()))).isEqualTo(WriteMode.SET_IF_EMPTY);
            DestinationRecord full = bench.sample(0);
            bench.deliverAll(OperationKind.UPSERT, List.of(full, bench.record("id-1", null, null, null)));

            Set<OperationKind> kinds = EnumSet.copyOf(DestinationSuite.kinds(bench));
            kinds.retainAll(EnumSet.of(OperationKind.UPSERT, OperationKind.UPDATE));
            for (OperationKind kind : kinds) {
                try (DestinationWriter writer = bench.connection().openWriter(plan.withModes(modes))) {
                    bench.deliver(
                            writer,
                            kind,
                            List.of(
                                    bench.record("id-0", "changed", "99", null),
                                    bench.record("id-1", "set by " + kind, "7", true)));
                }
                assertThat(bench.stored("id-0").value(bench.object().text()))
                        .isEqualTo(full.values()
                                .get(plan.fields().indexOf(bench.object().text())));
            }
            assertThat(bench.stored("id-1").value(bench.object().text()))
                    .isEqualTo(new Value.Text("set by " + kinds.iterator().next()));
        }
    }

    @Test
    default void modesThatAreNotClaimedAreRefused() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            WritePlan plan = bench.plan();
            Set<WriteMode> claimed = claimed(bench, bench.object().text());
            Set<WriteMode> denied = EnumSet.complementOf(EnumSet.copyOf(claimed));
            assumeFalse(denied.isEmpty(), "the field claims every mode");
            for (WriteMode mode : denied) {
                List<WriteMode> modes = new ArrayList<>(plan.modes());
                modes.set(plan.fields().indexOf(bench.object().text()), mode);
                assertThatThrownBy(() -> bench.connection()
                                .openWriter(plan.withModes(modes))
                                .close())
                        .as(mode.name())
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                refused -> assertThat(refused.error().code()).isEqualTo("WRITE_MODE_NOT_SUPPORTED"));
            }
        }
    }

    private static List<WriteMode> modes(DestinationBench bench, WritePlan plan) throws Exception {
        List<WriteMode> modes =
                new ArrayList<>(Collections.nCopies(plan.fields().size(), WriteMode.OVERWRITE));
        for (int field = 0; field < modes.size(); field++) {
            if (field != plan.identifierIndex()
                    && claimed(bench, plan.fields().get(field)).contains(WriteMode.SET_IF_EMPTY)) {
                modes.set(field, WriteMode.SET_IF_EMPTY);
            }
        }
        return modes;
    }

    /** A field that is not listed claims overwriting only. */
    private static Set<WriteMode> claimed(DestinationBench bench, String field) throws Exception {
        return DestinationSuite.listed(bench)
                .field(field)
                .map(DestinationField::writeModes)
                .orElse(Set.of(WriteMode.OVERWRITE));
    }
}
