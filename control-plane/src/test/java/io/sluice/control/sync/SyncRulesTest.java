package io.sluice.control.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationField.Type;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.error.Problem;
import io.sluice.control.error.Problems;
import io.sluice.control.fake.FakeCrm;
import io.sluice.control.fake.FakeWarehouse;
import io.sluice.control.form.FormReader;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SyncRulesTest {
    private static final DestinationObject CONTACT = FakeCrm.OBJECTS.getFirst();
    private static final DestinationObject EVENT = FakeCrm.OBJECTS.get(1);
    private static final DestinationObject FREE = FakeCrm.OBJECTS.getLast();
    private static final DestinationObject TYPED = new DestinationObject(
            "typed",
            "Typed",
            Set.of(SyncBehavior.UPSERT),
            false,
            List.of(
                    new DestinationField("id", "id", Type.STRING, true, true, true, true, false),
                    new DestinationField("tags", "tags", Type.STRING, true, true, false, false, true)
                            .withModes(Set.of(WriteMode.MERGE)),
                    new DestinationField("score", "score", Type.DECIMAL, true, true, false, false, false)
                            .withModes(Set.of(WriteMode.SET_IF_EMPTY)),
                    new DestinationField("born", "born", Type.DATE, true, true, false, false, false)));
    private static final DestinationObject DEAL = FakeCrm.OBJECTS.get(2);
    private static final SourceItem.Columns COLUMNS = new SourceItem.Columns(
            List.of(
                    FakeWarehouse.column("email", JsonType.STRING),
                    FakeWarehouse.column("name", JsonType.STRING),
                    FakeWarehouse.column("age", JsonType.NUMBER)),
            Instant.EPOCH);

    @Test
    void aGoodSyncHasNoProblems() {
        assertThat(codes("upsert", CONTACT, key("email", "email"), map("name", "full_name")))
                .isEmpty();
        assertThat(codes("upsert", FREE, key("email", "anything"), map("name", "else")))
                .isEmpty();
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        assertThat(codes(
                        "mirror",
                        CONTACT,
                        key("email", "email"),
                        key("age", "age"),
                        map("gone", "age"),
                        map("name", "nowhere"),
                        map("name", "created")))
                .containsExactlyInAnyOrder(
                        "SEVERAL_PRIMARY_IDENTIFIERS",
                        "IDENTIFIER_NOT_ALLOWED",
                        "DUPLICATE_FIELD",
                        "COLUMN_NOT_FOUND",
                        "FIELD_NOT_FOUND",
                        "FIELD_NOT_WRITABLE",
                        "REQUIRED_FIELD_UNMAPPED");
    }

    @Test
    void noIdentifierIsAProblem() {
        assertThat(codes("upsert", CONTACT, map("email", "email"), map("name", "full_name")))
                .containsExactly("NO_PRIMARY_IDENTIFIER");
    }

    @Test
    void aConstantCannotBeTheIdentifier() {
        assertThat(codes(
                        "update",
                        CONTACT,
                        "{\"from\":{\"type\":\"constant_value\",\"data\":{\"value\":\"x\",\"basic_type\":\"text\"}},"
                                + "\"to\":\"email\",\"is_primary_identifier\":true}"))
                .containsExactly("IDENTIFIER_NOT_A_COLUMN");
    }

    @Test
    void anUpdateNeedsNoRequiredFieldsButOnlyWritesWhatCanBeUpdated() {
        assertThat(codes("update", CONTACT, key("email", "email"))).isEmpty();
        assertThat(codes("update", CONTACT, key("email", "email"), map("name", "source_system")))
                .containsExactly("FIELD_NOT_WRITABLE");
        assertThat(codes("insert", CONTACT, key("email", "email"), map("name", "source_system")))
                .containsExactly("REQUIRED_FIELD_UNMAPPED");
    }

    @Test
    void behaviorsAreUnknownOrUnsupported() {
        assertThat(codes("merge", CONTACT, key("email", "email"), map("name", "full_name")))
                .containsExactly("UNKNOWN_OPERATION");
        assertThat(codes("append", CONTACT, key("email", "email"), map("name", "full_name")))
                .containsExactly("BEHAVIOR_NOT_SUPPORTED");
        assertThat(codes("mirror", FREE, key("email", "email"))).containsExactly("BEHAVIOR_NOT_SUPPORTED");
    }

    /** MAP-4, MAP-6: only what the field claims; everything at once. */
    @Test
    void mappingOptionsTheFieldDoesNotClaimAreRefused() {
        assertThat(
                        codes(
                                "upsert",
                                CONTACT,
                                key("email", "email"),
                                "{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"full_name\","
                                        + "\"preserve_values\":true,\"lookup_object\":\"account\",\"lookup_field\":\"id\"}",
                                "{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"age\","
                                        + "\"operation\":\"merge\",\"array_field\":true,\"field_type\":\"color\"}",
                                "{\"from\":{\"type\":\"magic\",\"data\":\"x\"},\"to\":\"source_system\",\"operation\":\"add\"}"))
                .containsExactlyInAnyOrder(
                        "FIELD_OPTION_NOT_SUPPORTED",
                        "INVALID_VALUE",
                        "INVALID_VALUE",
                        "UNKNOWN_MAPPING_SOURCE",
                        "FIELD_OPTION_NOT_SUPPORTED",
                        "FIELD_OPTION_NOT_SUPPORTED",
                        "FIELD_OPTION_NOT_SUPPORTED");
        assertThat(codes(
                        "upsert",
                        TYPED,
                        key("email", "id"),
                        "{\"from\":{\"type\":\"column\",\"data\":\"name\"},\"to\":\"tags\",\"operation\":\"merge\"}",
                        "{\"from\":{\"type\":\"column\",\"data\":\"age\"},\"to\":\"score\",\"preserve_values\":true}"))
                .isEmpty();
    }

    /** LIQ-4: place, what and what to do; every problem of every template. */
    @Test
    void templatesAreCheckedWhereTheyAreWritten() {
        assertThat(codes("upsert", FREE, key("email", "email"), template("{{ record['name'] | upcase }}", "a")))
                .isEmpty();
        assertThat(codes("upsert", FREE, key("email", "email"), template("{{ record | json }}", "a")))
                .isEmpty();
        assertThat(codes(
                        "upsert",
                        FREE,
                        key("email", "email"),
                        template("{{ recrod['name'] | shout }}", "a"),
                        template("{% if %}", "b"),
                        template("{{ record['Name'] }}{{ record['none'] }}", "c"),
                        "{\"from\":{\"type\":\"liquid_template\",\"data\":{\"liquid_template\":\"{{ record['age'] }}\"}},"
                                + "\"to\":\"d\"}",
                        "{\"from\":{\"type\":\"liquid_template\",\"data\":7},\"to\":\"e\"}"))
                .containsExactlyInAnyOrder(
                        "INVALID_TEMPLATE",
                        "INVALID_TEMPLATE",
                        "INVALID_TEMPLATE",
                        "COLUMN_NOT_FOUND",
                        "COLUMN_NOT_FOUND",
                        "INVALID_VALUE");
    }

    @Test
    @DisplayName(
            "KEY-3: a compound key is the identifier, of two to ten columns with single values, and goes into a text")
    void compoundKeys() {
        assertThat(codes("upsert", TYPED, compound("[\"email\",\"age\"]", "id", true)))
                .isEmpty();
        assertThat(codes("upsert", FREE, compound("[\"email\",\"age\"]", "any", true)))
                .isEmpty();
        assertThat(codes("upsert", FREE, key("email", "id"), compound("[\"name\",\"age\"]", "any", false)))
                .containsExactly("COMPOUND_KEY_INVALID");
        assertThat(codes("upsert", FREE, compound("[\"email\",\"gone\"]", "any", true)))
                .containsExactly("COLUMN_NOT_FOUND");
        for (String data : List.of(
                "[\"email\"]",
                "[\"email\",\"email\"]",
                "[\"email\",7]",
                "\"email\"",
                "{}",
                "null",
                "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]")) {
            assertThat(codes("upsert", FREE, compound(data, "any", true)))
                    .as(data)
                    .containsExactly("INVALID_VALUE");
        }
        assertThat(codes(
                        "upsert",
                        new DestinationObject(
                                "numbered",
                                "Numbered",
                                Set.of(SyncBehavior.UPSERT),
                                false,
                                List.of(new DestinationField("id", "id", Type.INTEGER, true, true, true, true, false))),
                        compound("[\"email\",\"age\"]", "id", true)))
                .containsExactly("CAST_IMPOSSIBLE");
    }

    @Test
    @DisplayName("KEY-3: the source must leave the key's name free, and structured columns are no part of a key")
    void compoundKeysOfOddSources() {
        SourceItem.Columns odd = new SourceItem.Columns(
                List.of(
                        FakeWarehouse.column("email", JsonType.STRING),
                        FakeWarehouse.column("tags", JsonType.ARRAY),
                        FakeWarehouse.column("compound_key", JsonType.STRING)),
                Instant.EPOCH);
        assertThat(codes(odd, StateMode.PLATFORM, "{}", "upsert", FREE, compound("[\"email\",\"tags\"]", "any", true)))
                .containsExactly("COMPOUND_KEY_INVALID", "COMPOUND_KEY_INVALID");
        assertThat(codes(odd, StateMode.PLATFORM, "{}", "upsert", FREE, key("compound_key", "any")))
                .isEmpty();
    }

    private static String compound(String columns, String field, boolean key) {
        return "{\"from\":{\"type\":\"compound_key\",\"data\":" + columns + "},\"to\":\"" + field
                + "\",\"is_primary_identifier\":" + key + "}";
    }

    @Test
    @DisplayName(
            "DST-7: a value is looked up only where the field refers to that object, by a field that finds records")
    void lookups() {
        assertThat(codes("upsert", DEAL, key("email", "id"), lookup("name", "owner", "contact", "email")))
                .isEmpty();
        assertThat(codes("upsert", DEAL, key("email", "id"), lookup("name", "owner", "deal", "id")))
                .containsExactly("FIELD_OPTION_NOT_SUPPORTED");
        assertThat(codes("upsert", DEAL, key("email", "id"), lookup("name", "owner", "contact", "full_name")))
                .containsExactly("FIELD_OPTION_NOT_SUPPORTED");
        assertThat(codes("upsert", CONTACT, key("email", "email"), lookup("name", "full_name", "contact", "email")))
                .containsExactly("FIELD_OPTION_NOT_SUPPORTED");
        assertThat(codes("upsert", FREE, key("email", "email"), lookup("name", "any", "contact", "email")))
                .containsExactly("FIELD_OPTION_NOT_SUPPORTED");
        assertThat(codes(
                        "upsert",
                        DEAL,
                        key("email", "id"),
                        map("name", "owner").replaceFirst("}$", ",\"lookup_object\":\"contact\"}")))
                .containsExactly("REQUIRED");
        assertThat(codes(
                        "upsert",
                        DEAL,
                        key("email", "id")
                                .replaceFirst("}$", ",\"lookup_object\":\"contact\",\"lookup_field\":\"email\"}")))
                .containsExactly("FIELD_OPTION_NOT_SUPPORTED");
    }

    private static String lookup(String column, String field, String object, String by) {
        return map(column, field)
                .replaceFirst("}$", ",\"lookup_object\":\"" + object + "\",\"lookup_field\":\"" + by + "\"}");
    }

    /** MAP-13: what can never fit is refused; what depends on the value is not. */
    @Test
    void castsThatCannotWorkAreRefused() {
        assertThat(codes(
                        "upsert",
                        TYPED,
                        key("email", "id"),
                        map("age", "tags"),
                        map("name", "score"),
                        constant("many", "text", "born")))
                .containsExactly("CAST_IMPOSSIBLE", "CAST_IMPOSSIBLE");
    }

    private static String template(String text, String field) {
        return "{\"from\":{\"type\":\"liquid_template\",\"data\":\"" + text + "\"},\"to\":\"" + field + "\"}";
    }

    @Test
    void constantsMustBeOfTheirType() {
        assertThat(codes(
                        "upsert",
                        FREE,
                        key("email", "email"),
                        constant("1e3", "number", "a"),
                        constant("true", "boolean", "b"),
                        constant("2026-01-02", "datetime", "c"),
                        constant("any", "text", "d")))
                .isEmpty();
        assertThat(codes(
                        "upsert",
                        FREE,
                        key("email", "email"),
                        constant("many", "number", "a"),
                        constant("yes", "boolean", "b"),
                        constant("soon", "datetime", "c"),
                        constant("x", "color", "d")))
                .containsExactly("INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE");
    }

    @Test
    void optionsOfOneBehaviorAreRefusedForOthersAndCheckedForTheirOwn() {
        assertThat(codes(
                        "{\"historical_sync_operation\":\"skip_current_records\",\"high_water_mark_attribute\":\"age\","
                                + "\"mirror_strategy\":\"sync_updates_and_nulls\"}",
                        "upsert",
                        FREE,
                        key("email", "id")))
                .containsExactly("INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE");
        assertThat(codes("{\"mirror_strategy\":\"upload_and_swap\"}", "mirror", CONTACT, key("email", "email")))
                .contains("MIRROR_STRATEGY_NOT_SUPPORTED");
        assertThat(codes("{\"mirror_strategy\":\"burn\"}", "mirror", CONTACT, key("email", "email")))
                .contains("INVALID_VALUE");
        assertThat(codes(
                        "{\"high_water_mark_attributes\":{\"use_high_water_mark_diff_type\":true,"
                                + "\"column_name\":\"nowhere\"},\"high_water_mark_overlap_seconds\":60}",
                        "append",
                        EVENT,
                        key("email", "id")))
                .containsExactly("COLUMN_NOT_FOUND");
        assertThat(codes("{\"removal_guard\":{\"max_percent\":101}}", "delete", FREE, key("email", "id")))
                .containsExactly("INVALID_VALUE");
        assertThat(codes("delete", FREE, key("email", "id"))).isEmpty();
    }

    @Test
    @DisplayName(
            "AC-8: a source without state refuses mirror and append when the sync is saved, and takes what needs none")
    void statelessSourcesRefuseWhatNeedsState() {
        assertThat(codes(StateMode.NONE, "{}", "mirror", CONTACT, key("email", "email"), map("name", "full_name")))
                .containsExactly("STATE_REQUIRED");
        assertThat(codes(StateMode.NONE, "{}", "append", EVENT, key("email", "id")))
                .contains("STATE_REQUIRED");
        assertThat(codes(StateMode.NONE, "{}", "upsert", FREE, key("email", "email")))
                .isEmpty();
        assertThat(codes(StateMode.WAREHOUSE, "{}", "mirror", CONTACT, key("email", "email"), map("name", "full_name")))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "SRC-13: a source without state refuses to count failures from run to run; nonsense is refused of any source")
    void maxConsecutiveFailures() {
        String three = "{\"max_consecutive_failures\":3}";

        assertThat(codes(StateMode.NONE, three, "upsert", FREE, key("email", "email")))
                .containsExactly("STATE_REQUIRED");
        assertThat(codes(StateMode.NONE, "{\"max_consecutive_failures\":0}", "upsert", FREE, key("email", "email")))
                .isEmpty();
        assertThat(codes(StateMode.WAREHOUSE, three, "upsert", FREE, key("email", "email")))
                .isEmpty();
        assertThat(codes("{\"max_consecutive_failures\":-1}", "upsert", FREE, key("email", "email")))
                .containsExactly("INVALID_VALUE");
    }

    private static List<String> codes(String operation, DestinationObject object, String... mappings) {
        return codes("{}", operation, object, mappings);
    }

    private static List<String> codes(String more, String operation, DestinationObject object, String... mappings) {
        return codes(StateMode.PLATFORM, more, operation, object, mappings);
    }

    private static List<String> codes(
            StateMode engine, String more, String operation, DestinationObject object, String... mappings) {
        return codes(COLUMNS, engine, more, operation, object, mappings);
    }

    private static List<String> codes(
            SourceItem.Columns columns,
            StateMode engine,
            String more,
            String operation,
            DestinationObject object,
            String... mappings) {
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode body = (ObjectNode)
                    json.readTree(
                            """
                    {"source_attributes":{"connection_id":1,"object":{"type":"table","id":2}},
                     "destination_attributes":{"connection_id":3,"object":"contact"}}
                    """);
            body.put("operation", operation);
            body.setAll((ObjectNode) json.readTree(more));
            ArrayNode array = body.putArray("mappings");
            for (String mapping : mappings) {
                array.add(json.readTree(mapping));
            }
            Problems problems = new Problems();
            SyncForm form = SyncFormReader.read(FormReader.of(body, problems));
            SyncRules.check(form, Optional.of(columns), Optional.of(engine), Optional.of(object), problems);
            return problems.list().stream().map(Problem::code).toList();
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static String map(String column, String field) {
        return "{\"from\":{\"type\":\"column\",\"data\":\"" + column + "\"},\"to\":\"" + field + "\"}";
    }

    private static String key(String column, String field) {
        return "{\"from\":{\"type\":\"column\",\"data\":\"" + column + "\"},\"to\":\"" + field
                + "\",\"is_primary_identifier\":true}";
    }

    private static String constant(String value, String type, String field) {
        return "{\"from\":{\"type\":\"constant_value\",\"data\":{\"value\":\"" + value + "\",\"basic_type\":\"" + type
                + "\"}},\"to\":\"" + field + "\"}";
    }
}
