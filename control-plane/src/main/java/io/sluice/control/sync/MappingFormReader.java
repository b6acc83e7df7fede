package io.sluice.control.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.cast.FieldType;
import io.sluice.mapping.engine.liquid.LiquidTemplate;
import io.sluice.mapping.engine.liquid.TemplateException;
import io.sluice.mapping.engine.liquid.TemplateProblem;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads one entry of {@code mappings} (census-api 3.1.3). Options the engine cannot honour are refused, not dropped; those
 * that depend on the destination field are judged by {@link FieldRules}.
 */
final class MappingFormReader {
    private static final Set<String> LATER_SOURCES = Set.of("segment_membership", "hash", "reference");
    private static final Set<String> ARRAY_OPERATIONS = Set.of("overwrite", MappingOptions.MERGE);

    /** Facts of a run that a mapping may send (MAP-3). */
    private static final Set<String> METADATA = Set.of("sync_run_id", "sync_id", "workspace_id", "sync_run_started_at");

    private static final String METADATA_WORDS = "use sync_run_id, sync_id, workspace_id or sync_run_started_at";

    private MappingFormReader() {}

    static MappingForm read(FormReader entry) {
        Optional<Source> source = entry.requiredObject("from").flatMap(MappingFormReader::source);
        return new MappingForm(
                entry.place(),
                source.map(Source::from),
                source.flatMap(Source::constantType),
                entry.requiredText("to"),
                entry.flag("is_primary_identifier").orElse(false),
                entry.flag("sync_null_values").orElse(true),
                options(entry));
    }

    private static MappingOptions options(FormReader entry) {
        Optional<String> operation = entry.text("operation");
        if (operation.isPresent() && !ARRAY_OPERATIONS.contains(operation.get())) {
            entry.invalid("operation", "must be overwrite or merge");
        }
        Optional<String> type = entry.text("field_type");
        if (type.isPresent() && FieldType.fromWireName(type.get()).isEmpty()) {
            entry.invalid(
                    "field_type",
                    "must be one of "
                            + Arrays.stream(FieldType.values())
                                    .map(FieldType::wireName)
                                    .collect(Collectors.joining(", ")));
        }
        return new MappingOptions(
                entry.flag("generate_field").orElse(false),
                entry.flag("preserve_values").orElse(false),
                entry.flag("array_field").orElse(false),
                type.filter(word -> FieldType.fromWireName(word).isPresent()),
                operation.filter(ARRAY_OPERATIONS::contains),
                lookup(entry));
    }

    /** Both names, or none. */
    private static Optional<MappingOptions.Lookup> lookup(FormReader entry) {
        Optional<String> object = entry.text("lookup_object");
        Optional<String> field = entry.text("lookup_field");
        if (object.isPresent() != field.isPresent()) {
            entry.missing(object.isPresent() ? "lookup_field" : "lookup_object");
        }
        return object.flatMap(in -> field.map(by -> new MappingOptions.Lookup(in, by)));
    }

    private record Source(MappingSource from, Optional<ConstantType> constantType) {}

    private static Optional<Source> source(FormReader from) {
        Optional<String> type = from.requiredText("type");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return switch (type.get()) {
            case "column" -> column(from);
            case "constant_value" -> from.requiredObject("data").flatMap(MappingFormReader::constant);
            case "sync_metadata" -> metadata(from);
            case "liquid_template" -> template(from);
            case "compound_key" -> compoundKey(from);
            default -> {
                boolean later = LATER_SOURCES.contains(type.get());
                from.problems()
                        .add(
                                later ? ErrorCode.MAPPING_SOURCE_NOT_AVAILABLE : ErrorCode.UNKNOWN_MAPPING_SOURCE,
                                from.place("type"),
                                from.place("type") + " '" + type.get() + "' is "
                                        + (later ? "not available yet" : "unknown")
                                        + ": use column, constant_value, liquid_template, sync_metadata or compound_key");
                yield Optional.empty();
            }
        };
    }

    /** A column's name is taken exactly, blanks included. */
    private static Optional<Source> column(FormReader from) {
        Optional<String> name = from.raw("data").filter(JsonNode::isTextual).map(JsonNode::asText);
        if (name.isEmpty() || name.get().isEmpty()) {
            from.invalid("data", "must be the name of a column");
            return Optional.empty();
        }
        return Optional.of(new Source(new MappingSource.Column(name.get()), Optional.empty()));
    }

    /** Names are taken exactly, as those of single columns are. */
    private static Optional<Source> compoundKey(FormReader from) {
        Optional<JsonNode> names = from.raw("data").filter(JsonNode::isArray);
        List<String> columns = new ArrayList<>();
        names.ifPresent(list -> list.forEach(name -> columns.add(name.isTextual() ? name.asText() : "")));
        if (columns.size() < MappingSource.CompoundKey.FEWEST
                || columns.size() > MappingSource.CompoundKey.MOST
                || columns.contains("")
                || new HashSet<>(columns).size() < columns.size()) {
            from.invalid(
                    "data",
                    "must be the names of " + MappingSource.CompoundKey.FEWEST + " to " + MappingSource.CompoundKey.MOST
                            + " different columns, as an array");
            return Optional.empty();
        }
        return Optional.of(new Source(new MappingSource.CompoundKey(columns), Optional.empty()));
    }

    /** The template as text, or in the older form {@code {"liquid_template": "…"}} (census-api 3.1.3). */
    private static Optional<Source> template(FormReader from) {
        Optional<JsonNode> text = from.raw("data")
                .map(data -> data.isObject() ? data.path("liquid_template") : data)
                .filter(JsonNode::isTextual);
        if (text.isEmpty()) {
            from.invalid("data", "must be a template, as text");
            return Optional.empty();
        }
        try {
            LiquidTemplate.compile(text.get().asText(), false);
        } catch (TemplateException invalid) {
            for (TemplateProblem problem : invalid.problems()) {
                from.problems()
                        .add(
                                ErrorCode.INVALID_TEMPLATE,
                                from.place("data"),
                                from.place("data") + ", " + problem.text());
            }
            return Optional.empty();
        }
        return Optional.of(new Source(new MappingSource.Template(text.get().asText()), Optional.empty()));
    }

    private static Optional<Source> metadata(FormReader from) {
        Optional<String> key = from.requiredText("data");
        if (key.isPresent() && !METADATA.contains(key.get())) {
            from.problems()
                    .add(
                            ErrorCode.UNKNOWN_METADATA_KEY,
                            from.place("data"),
                            "sync metadata '" + key.get() + "' is unknown: " + METADATA_WORDS);
            return Optional.empty();
        }
        return key.map(known -> new Source(new MappingSource.SyncMetadata(known), Optional.empty()));
    }

    private static Optional<Source> constant(FormReader data) {
        Optional<JsonNode> raw = data.raw("value");
        if (raw.isEmpty() || raw.get().isContainerNode()) {
            data.invalid("value", "must be text, a number or a truth value");
            return Optional.empty();
        }
        Optional<ConstantType> type = type(data, raw.get());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> value = type.get().parse(raw.get().asText());
        if (value.isEmpty()) {
            data.invalid("value", "is not of basic_type " + type.get().wireName());
        }
        return value.map(known -> new Source(new MappingSource.Constant(known), type));
    }

    private static Optional<ConstantType> type(FormReader data, JsonNode value) {
        Optional<String> word = data.text("basic_type");
        if (word.isEmpty()) {
            return Optional.of(
                    value.isNumber()
                            ? ConstantType.NUMBER
                            : value.isBoolean() ? ConstantType.BOOLEAN : ConstantType.TEXT);
        }
        Optional<ConstantType> type = ConstantType.fromWireName(word.get());
        if (type.isEmpty()) {
            data.invalid("basic_type", "must be boolean, datetime, number or text");
        }
        return type;
    }
}
