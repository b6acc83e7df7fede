package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.mapping.engine.cast.FieldType;
import java.util.Optional;

/**
 * What is known of a mapped field before any record is seen (MAP-13).
 *
 * @param type its type, or that of its elements; empty when nothing says so, and values go as they are
 * @param array whether it takes a list
 */
public record PlannedField(Optional<FieldType> type, boolean array) {

    /** A field the destination lists has that type; of any other the mapping says it, or nobody. */
    public static PlannedField of(DestinationObject object, String field, MappingOptions options) {
        return object.field(field)
                .map(known -> new PlannedField(Optional.of(type(known)), known.array()))
                .orElseGet(() ->
                        new PlannedField(options.fieldType().flatMap(FieldType::fromWireName), options.arrayField()));
    }

    private static FieldType type(DestinationField field) {
        return switch (field.type()) {
            case BOOLEAN -> FieldType.BOOLEAN;
            case DECIMAL -> FieldType.DECIMAL;
            case FLOAT -> FieldType.FLOAT;
            case INTEGER -> FieldType.INTEGER;
            case DATE -> FieldType.DATE;
            case DATE_TIME -> FieldType.DATE_TIME;
            case STRING -> FieldType.STRING;
            case OBJECT -> FieldType.OBJECT;
        };
    }

    /** Whether a template for it must yield JSON (LIQ-5). */
    public boolean takesJson() {
        return array || type.filter(FieldType.OBJECT::equals).isPresent();
    }
}
