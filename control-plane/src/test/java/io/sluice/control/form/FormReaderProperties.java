package io.sluice.control.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.Problem;
import io.sluice.control.error.Problems;
import io.sluice.control.sync.SyncFormReader;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormReaderProperties {
    private static final List<String> KEYS = List.of(
            "label",
            "operation",
            "source_attributes",
            "destination_attributes",
            "connection_id",
            "object",
            "type",
            "id",
            "table_name",
            "mappings",
            "from",
            "data",
            "value",
            "basic_type",
            "to",
            "is_primary_identifier",
            "mode",
            "triggers",
            "schedule",
            "frequency",
            "schedule_frequency",
            "schedule_day",
            "paused",
            "alert_attributes",
            "advanced_configuration",
            "batch_size",
            "validate_only");

    @Property
    void noBodyWhateverMakesAFormThrow(@ForAll("bodies") ObjectNode body) {
        Problems problems = new Problems();

        SyncFormReader.read(FormReader.of(body, problems));

        assertThat(problems.list()).extracting(Problem::message).noneMatch(String::isBlank);
    }

    @Example
    void idsAndNumbersMayBeTextAndEmptyTextIsNothing() {
        ObjectNode body = FormReader.empty()
                .put("id", "42")
                .put("big", Long.toString(1L << 53))
                .put("none", "")
                .put("half", 1.5)
                .put("flag", "true");
        Problems problems = new Problems();
        FormReader form = FormReader.of(body, problems);

        assertThat(form.id("id")).contains(42L);
        assertThat(form.id("big")).contains(1L << 53);
        assertThat(form.id("none")).isEmpty();
        assertThat(form.text("none")).isEmpty();
        assertThat(form.flag("flag")).contains(true);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(form.id("half")).isEmpty();
        assertThat(problems.list()).extracting(Problem::field).containsExactly("half");
    }

    @Provide
    Arbitrary<ObjectNode> bodies() {
        return objects(values(4));
    }

    private Arbitrary<JsonNode> values(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<JsonNode> inner = values(depth - 1);
        return Arbitraries.oneOf(
                scalars(),
                objects(inner).map(JsonNode.class::cast),
                inner.list()
                        .ofMaxSize(3)
                        .map(entries -> JsonNodeFactory.instance.arrayNode().addAll(entries)));
    }

    private Arbitrary<JsonNode> scalars() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).map(nodes::textNode),
                Arbitraries.of("upsert", "mirror", "table", "model", "column", "constant_value", "weekly", "number")
                        .map(nodes::textNode),
                Arbitraries.longs().map(nodes::numberNode),
                Arbitraries.doubles().map(nodes::numberNode),
                Arbitraries.of(true, false).map(nodes::booleanNode),
                Arbitraries.of(nodes.nullNode()));
    }

    private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of(KEYS), values).ofMaxSize(8).map(entries -> {
            ObjectNode node = FormReader.empty();
            node.setAll(entries);
            return node;
        });
    }
}
