package io.sluice.control.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.mapping.MappingSource;
import io.sluice.record.Value;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code mappings} (census-api 3.1.3). Options the engine cannot honour yet are refused, not dropped. */
final class MappingFormReader {
    private static final Set<String> LATER_SOURCES =
            Set.of("liquid_template", "segment_membership", "compound_key", "hash", "reference");

    /** Facts of a run that a mapping may send (MAP-3). */
    private static final Set<String> METADATA = Set.of("sync_run_id");

    private MappingFormReader() {}

    static MappingForm read(FormReader entry) {
        refuseFlag(entry, "preserve_values");
        refuseFlag(entry, "array_field");
        refuseText(entry, "lookup_object");
        refuseText(entry, "lookup_field");
        entry.text("operation")
                .filter(operation -> !operation.equals("overwrite"))
                .ifPresent(operation -> unavailable(entry, "operation"));
        Optional<Source> source = entry.requiredObject("from").flatMap(MappingFormReader::source);
        return new MappingForm(
                entry.place(),
                source.map(Source::from),
                source.flatMap(Source::constantType),
                entry.requiredText("to"),
                entry.flag("is_primary_identifier").orElse(false),
                entry.flag("sync_null_values").orElse(true),
                entry.flag("generate_field").orElse(false));
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
            default -> {
                boolean later = LATER_SOURCES.contains(type.get());
                from.problems()
                        .add(
                                later ? ErrorCode.MAPPING_SOURCE_NOT_AVAILABLE : ErrorCode.UNKNOWN_MAPPING_SOURCE,
                                from.place("type"),
                                from.place("type") + " '" + type.get() + "' is "
                                        + (later ? "not available yet" : "unknown")
                                        + ": use column, constant_value or sync_metadata");
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

    private static Optional<Source> metadata(FormReader from) {
        Optional<String> key = from.requiredText("data");
        if (key.isPresent() && !METADATA.contains(key.get())) {
            from.problems()
                    .add(
                            ErrorCode.UNKNOWN_METADATA_KEY,
                            from.place("data"),
                            "sync metadata '" + key.get() + "' is unknown: use sync_run_id");
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

    private static void refuseFlag(FormReader entry, String key) {
        entry.flag(key).filter(Boolean::booleanValue).ifPresent(asked -> unavailable(entry, key));
    }

    private static void refuseText(FormReader entry, String key) {
        entry.text(key).ifPresent(asked -> unavailable(entry, key));
    }

    private static void unavailable(FormReader entry, String key) {
        entry.problems()
                .add(
                        ErrorCode.MAPPING_OPTION_NOT_AVAILABLE,
                        entry.place(key),
                        entry.place(key) + " is not available yet: leave it out");
    }
}
