package io.sluice.loader.batch;

import static io.sluice.loader.testing.Plans.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.Operation;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RunPlan;
import io.sluice.loader.testing.Plans;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordMapperTest {

    @Test
    void valuesComeInThePlansOrderWithConstantsAndRunFacts() throws Exception {
        RecordMapper mapper = RecordMapper.of(Plans.plan(77, 5, 9, null));

        DestinationRecord record = mapper.map(
                Plans.operation(PlannedOperation.UPSERT, "4", "{\"id\":4,\"ignored\":[{\"a\":1}],\"name\":\"Zoë\"}"));

        assertThat(mapper.writePlan().fields()).containsExactly("key", "label", "origin", "run");
        assertThat(mapper.writePlan().identifierField()).isEqualTo("key");
        assertThat(record.identifier()).isEqualTo("4");
        assertThat(record.values())
                .containsExactly(
                        new Value.Number("4"), new Value.Text("Zoë"), new Value.Text("sluice"), new Value.Number("77"));
    }

    @Test
    void everyKindOfValueKeepsItsExactText() throws Exception {
        RunPlan plan = Plans.plan(
                1,
                1,
                1,
                null,
                List.of(
                        column("id", "id", true, true),
                        column("big", "big", false, true),
                        column("tiny", "tiny", false, true),
                        column("yes", "yes", false, true),
                        column("list", "list", false, true),
                        column("object", "object", false, true),
                        column("none", "none", false, true)));
        String big = "12345678901234567890123456789012345678.".concat("1".repeat(2_000));
        String payload = "{\"big\":" + big + ",\"id\":\"a\\u00e9\\n\",\"list\":[1, {\"x\" : \"é]\"}],\"none\":null,"
                + "\"object\":{ \"k\":[]},\"tiny\":-1.50E-7,\"yes\":true}";

        DestinationRecord record = RecordMapper.of(plan).map(padded(payload));

        assertThat(record.values())
                .containsExactly(
                        new Value.Text("aé\n"),
                        new Value.Number(big),
                        new Value.Number("-1.50E-7"),
                        new Value.Bool(true),
                        new Value.Structured("[1, {\"x\" : \"é]\"}]"),
                        new Value.Structured("{ \"k\":[]}"),
                        Value.nothing());
    }

    /** The payload in the middle of a larger array, as a decoder may hand it over. */
    private static Operation padded(String payload) {
        byte[] bytes = ("xxx" + payload + "yy").getBytes(StandardCharsets.UTF_8);
        Operation plain = Plans.operation(PlannedOperation.UPSERT, "a", payload);
        return new Operation(
                plain.getKind(),
                plain.getIdentifier(),
                plain.getFingerprint(),
                ByteBuffer.wrap(bytes, 3, bytes.length - 5),
                -1);
    }

    @Test
    void nullsAreLeftOutWhereTheSyncSaysSo() throws Exception {
        RunPlan plan = Plans.plan(
                1,
                1,
                1,
                null,
                List.of(
                        column("id", "id", true, true),
                        column("name", "sent", false, true),
                        column("name", "left", false, false),
                        Plans.mapping(new FromConstant("null"), "constant", false, false)));

        DestinationRecord record =
                RecordMapper.of(plan).map(Plans.operation(PlannedOperation.UPSERT, "1", "{\"id\":1,\"name\":null}"));

        assertThat(record.values()).containsExactly(new Value.Number("1"), Value.nothing(), null, null);
    }

    @Test
    void aDeleteCarriesItsIdentifierAndNothingElse() throws Exception {
        RecordMapper mapper = RecordMapper.of(Plans.plan(77, 5, 9, null));
        assertThat(mapper.map(Plans.operation(PlannedOperation.DELETE, "4", "{\"id\":4}"))
                        .values())
                .containsExactly(new Value.Number("4"), null, null, null);
        assertThat(mapper.map(Plans.operation(PlannedOperation.DELETE, "4", "{}"))
                        .values())
                .containsExactly(new Value.Text("4"), null, null, null);
    }

    @Test
    void aPayloadThatIsNoObjectIsThatRecordsProblemAndDoesNotShowItsContents() throws Exception {
        RecordMapper mapper = RecordMapper.of(Plans.plan(77, 5, 9, null));
        for (String broken : List.of("", "[]", "{\"id\":", "{\"id\":secret}", "{\"id\":1", "null")) {
            assertThatThrownBy(() -> mapper.map(Plans.operation(PlannedOperation.UPSERT, "1", broken)))
                    .isInstanceOf(UnreadablePayloadException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void mappingsThatCannotBeAppliedAreNamed() {
        assertThatThrownBy(() -> RecordMapper.of(Plans.plan(1, 1, 1, null, List.of(column("a", "b", false, true)))))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("primary identifier");
        assertThatThrownBy(() -> RecordMapper.of(Plans.plan(
                        1,
                        1,
                        1,
                        null,
                        List.of(
                                column("a", "b", true, true),
                                Plans.mapping(new FromSyncMetadata("moon_phase"), "c", false, true)))))
                .hasMessageContaining("moon_phase");
        assertThatThrownBy(() -> RecordMapper.of(Plans.plan(
                        1,
                        1,
                        1,
                        null,
                        List.of(
                                column("a", "b", true, true),
                                Plans.mapping(new FromConstant("{oops"), "c", false, true)))))
                .hasMessageContaining("field c");
    }
}
