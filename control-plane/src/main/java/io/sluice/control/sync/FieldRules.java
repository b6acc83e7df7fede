package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.source.SourceColumn;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.cast.Cast;
import io.sluice.mapping.engine.cast.CastException;
import io.sluice.mapping.engine.cast.FieldType;
import io.sluice.mapping.engine.cast.Fit;
import io.sluice.record.Value;
import java.util.Locale;
import java.util.Optional;

/**
 * What a mapping may ask of its destination field: only what the field claims (MAP-4, MAP-6), and only values it can take
 * (MAP-13). Notes every breach.
 */
final class FieldRules {
    private final DestinationObject object;
    private final Optional<SourceItem.Columns> columns;
    private final Problems problems;

    FieldRules(DestinationObject object, Optional<SourceItem.Columns> columns, Problems problems) {
        this.object = object;
        this.columns = columns;
        this.problems = problems;
    }

    void check(MappingForm mapping, String to) {
        Optional<DestinationField> known = object.field(to);
        MappingOptions options = mapping.options();
        boolean merge =
                options.arrayOperation().filter(MappingOptions.MERGE::equals).isPresent();
        if (merge && !claims(known, WriteMode.MERGE)) {
            refuse(mapping, "operation", "destination field '" + to + "' cannot merge lists: use overwrite");
        }
        if (options.preserveValues() && merge) {
            refuse(mapping, "preserve_values", "a list cannot be both merged and set only where empty: choose one");
        } else if (options.preserveValues() && !mapping.primaryIdentifier() && !claims(known, WriteMode.SET_IF_EMPTY)) {
            refuse(
                    mapping,
                    "preserve_values",
                    "destination field '" + to + "' cannot be set only where it is empty: leave the option out");
        }
        if (known.isPresent() && options.arrayField() && !known.get().array()) {
            refuse(mapping, "array_field", "destination field '" + to + "' takes no list: leave the option out");
        }
        options.lookup().ifPresent(asked -> lookup(mapping, to, asked, known.flatMap(DestinationField::lookup)));
        cast(mapping, to);
    }

    /** Only a field that refers to another object, and only by fields that find its records (DST-7). */
    private void lookup(
            MappingForm mapping, String to, MappingOptions.Lookup asked, Optional<DestinationField.Lookup> claimed) {
        if (mapping.primaryIdentifier()) {
            refuse(mapping, "lookup_object", "the primary identifier is not looked up: leave lookup_object out");
        } else if (claimed.isEmpty()) {
            refuse(
                    mapping,
                    "lookup_object",
                    "destination field '" + to + "' refers to no object that values are looked up in: leave"
                            + " lookup_object and lookup_field out");
        } else if (!claimed.get().object().equals(asked.object())) {
            refuse(
                    mapping,
                    "lookup_object",
                    "destination field '" + to + "' refers to '" + claimed.get().object() + "', not to '"
                            + asked.object() + "'");
        } else if (!claimed.get().by().containsKey(asked.field())) {
            refuse(
                    mapping,
                    "lookup_field",
                    "records of '" + asked.object() + "' are not looked up by '" + asked.field() + "', only by "
                            + String.join(", ", claimed.get().by().keySet()));
        }
    }

    private static boolean claims(Optional<DestinationField> field, WriteMode mode) {
        return field.filter(known -> known.writeModes().contains(mode)).isPresent();
    }

    private void refuse(MappingForm mapping, String key, String message) {
        problems.add(ErrorCode.FIELD_OPTION_NOT_SUPPORTED, mapping.place() + "." + key, message);
    }

    private void cast(MappingForm mapping, String to) {
        PlannedField field = PlannedField.of(object, to, mapping.options());
        if (field.type().isEmpty() && !field.array()) {
            return;
        }
        FieldType type = field.type().orElse(FieldType.STRING);
        mapping.from().ifPresent(from -> {
            switch (from) {
                case MappingSource.Column column -> column(mapping, column.name(), type, field.array());
                case MappingSource.Constant constant -> constant(mapping, constant.value(), type, field.array());
                case MappingSource.CompoundKey key -> compoundKey(mapping, type, field.array());
                // what these yield is known record by record
                case MappingSource.Template template -> {}
                case MappingSource.SyncMetadata metadata -> {}
            }
        });
    }

    private void column(MappingForm mapping, String name, FieldType type, boolean array) {
        columns.flatMap(known -> known.column(name)).map(SourceColumn::jsonType).ifPresent(source -> {
            String word = source.name().toLowerCase(Locale.ROOT);
            if (Fit.of(word, type, array) == Fit.IMPOSSIBLE) {
                problems.add(
                        ErrorCode.CAST_IMPOSSIBLE,
                        mapping.place(),
                        "no value of column '" + name + "' (" + word + ") fits destination field '"
                                + mapping.to().orElse("") + "', which takes "
                                + (array ? "a list" : type.wireName()));
            }
        });
    }

    /** Its text would rarely be a number or a date, and never on purpose. */
    private void compoundKey(MappingForm mapping, FieldType type, boolean array) {
        if (type != FieldType.STRING || array) {
            problems.add(
                    ErrorCode.CAST_IMPOSSIBLE,
                    mapping.place(),
                    "a compound key is text, and destination field '"
                            + mapping.to().orElse("") + "' takes " + (array ? "a list" : type.wireName())
                            + ": choose a field that takes text");
        }
    }

    private void constant(MappingForm mapping, Value value, FieldType type, boolean array) {
        try {
            Cast.to(mapping.to().orElse(""), type, array, Cast.Origin.TEXT).apply(value);
        } catch (CastException unfit) {
            problems.add(ErrorCode.CAST_IMPOSSIBLE, mapping.place() + ".from.data", unfit.getMessage());
        }
    }
}
