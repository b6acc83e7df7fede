package io.sluice.loader.batch;

import static io.sluice.loader.testing.Plans.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.FromTemplate;
import io.sluice.contract.Operation;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedMapping;
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

    /** LIQ-1, LIQ-2: a template's columns are read although no other mapping names them. */
    @Test
    void templatesAreRenderedPerRecordAndARecordThatFailsIsRejectedAlone() throws Exception {
        RecordMapper mapper = RecordMapper.of(Plans.plan(
                1,
                1,
                1,
                null,
                List.of(
                        column("id", "id", true, true),
                        typed(
                                new FromTemplate("{{ record['first'] }} {{ record['last'] | upcase }}", false),
                                "name",
                                null),
                        typed(new FromTemplate("{{ record['amount'] | times: 100 }}", false), "cents", "integer"),
                        typed(new FromTemplate("{\"n\": \"{{ record['last'] }}\",}", true), "doc", "object"))));

        assertThat(mapper.map(Plans.operation(
                                PlannedOperation.UPSERT,
                                "7",
                                "{\"amount\":19.99,\"first\":\"Ann\",\"id\":7,\"last\":\"O\\\"B\"}"))
                        .values())
                .containsExactly(
                        new Value.Number("7"),
                        new Value.Text("Ann O\"B"),
                        new Value.Number("1999"),
                        new Value.Structured("{\"n\":\"O\\\"B\"}"));
        assertThatThrownBy(() -> mapper.map(
                        Plans.operation(PlannedOperation.UPSERT, "8", "{\"id\":8,\"first\":[1],\"amount\":0.001}")))
                .isInstanceOf(UnmappableRecordException.class)
                .hasMessage("CAST_ERROR: field cents takes integer, and the value is no whole number");
    }

    /** MAP-13, MAP-14. */
    @Test
    void valuesAreMadeToFitAndWhatDoesNotFitRejectsTheRecordWithItsCode() throws Exception {
        RunPlan plan = RunPlan.newBuilder(Plans.plan(
                        1,
                        1,
                        1,
                        null,
                        List.of(
                                column("id", "id", true, true),
                                typed(new FromColumn("doc"), "doc", "object"),
                                typed(new FromColumn("at"), "at", "date_time"),
                                typed(new FromColumn("text"), "list", "string", true))))
                .setColumns(List.of(
                        new PlannedColumn("at", "string"),
                        new PlannedColumn("doc", "object"),
                        new PlannedColumn("id", "number"),
                        new PlannedColumn("text", "string")))
                .build();
        RecordMapper mapper = RecordMapper.of(plan);

        assertThat(mapper.map(Plans.operation(
                                PlannedOperation.UPSERT,
                                "1",
                                "{\"at\":\"2024-01-02T03:04:05\",\"doc\":\"hello\",\"id\":1,\"text\":\"[1, 2]\"}"))
                        .values())
                .containsExactly(
                        new Value.Number("1"),
                        new Value.Structured("\"hello\""),
                        new Value.Text("2024-01-02T03:04:05Z"),
                        new Value.Structured("[1, 2]"));
        assertThatThrownBy(() -> mapper.map(Plans.operation(
                        PlannedOperation.UPSERT, "1", "{\"at\":null,\"doc\":null,\"id\":1,\"text\":\"{secret}\"}")))
                .hasMessageStartingWith("JSON_ARRAY_ERROR: field list")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aTemplateThatIsInvalidFailsTheRunAndNotEveryRecord() {
        assertThatThrownBy(() -> RecordMapper.of(Plans.plan(
                        1,
                        1,
                        1,
                        null,
                        List.of(
                                column("a", "b", true, true),
                                Plans.mapping(new FromTemplate("{{ nothing }}", false), "c", false, true)))))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("field c")
                .hasMessageContaining("line 1, column 4");
    }

    private static PlannedMapping typed(Object source, String field, String type) {
        return typed(source, field, type, false);
    }

    private static PlannedMapping typed(Object source, String field, String type, boolean array) {
        return PlannedMapping.newBuilder(Plans.mapping(source, field, false, true))
                .setFieldType(type)
                .setArrayField(array)
                .build();
    }
}
